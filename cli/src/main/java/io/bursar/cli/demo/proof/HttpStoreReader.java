package io.bursar.cli.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads accounts through Bursar's HTTP API. An account takes several requests, each answered with the account's sequence:
 * only when all are the same were they of one moment. A list of orders or fills may be newer than the sequence beside it,
 * an account's balances never are: so these are read last.
 */
final class HttpStoreReader implements StoreReader, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** The most that the API lists at once. */
    private static final int LONGEST_LIST = 10_000;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String base;

    /** @param base such as {@code http://127.0.0.1:18080} */
    HttpStoreReader(String base) {
        this.base = base + "/api/v1/accounts/";
    }

    @Override
    public Optional<AccountPicture> read(String accountId) throws NotReadyException, IOException, InterruptedException {
        var account = get(accountId, "");
        return account.isEmpty() ? Optional.of(AccountPicture.NEVER_OPENED) : read(accountId, account.get());
    }

    private Optional<AccountPicture> read(String accountId, JsonNode account)
            throws NotReadyException, IOException, InterruptedException {
        var facts = new TreeMap<String, String>();
        putAccount(account, facts);
        var answers = new ArrayList<>(List.of(account));
        if (account.path("openOrders").asInt() > 0) {
            var orders = list(accountId, "orders?status=open&limit=" + LONGEST_LIST);
            orders.path("orders").forEach(order -> putOrder(order, facts));
            answers.add(orders);
        }
        if (account.path("suspendedFills").asInt() > 0) {
            var fills = list(accountId, "suspended-fills?limit=" + LONGEST_LIST);
            fills.path("suspendedFills").forEach(fill -> putSuspendedFill(fill, facts));
            answers.add(fills);
        }
        var positions = list(accountId, "positions");
        positions.path("positions").forEach(position -> putPosition(position, facts));
        answers.add(positions);
        var balances = list(accountId, "balances");
        balances.path("balances").forEach(balance -> putBalance(balance, facts));
        answers.add(balances);
        return picture(answers, facts);
    }

    private static Optional<AccountPicture> picture(List<JsonNode> answers, SortedMap<String, String> facts) {
        long sequence = answers.getFirst().path("sequence").asLong();
        boolean ofOneMoment =
                answers.stream().allMatch(answer -> answer.path("sequence").asLong() == sequence);
        boolean truncated =
                answers.stream().anyMatch(answer -> answer.path("truncated").asBoolean());
        return ofOneMoment ? Optional.of(new AccountPicture(sequence, truncated, facts)) : Optional.empty();
    }

    private static void putAccount(JsonNode account, SortedMap<String, String> facts) {
        for (var name : new String[] {"status", "owner", "name", "openOrders", "suspendedFills", "lastHash"}) {
            facts.put(name, account.path(name).asText());
        }
        facts.put("accountTime", instant(account, "accountTime"));
    }

    private static void putBalance(JsonNode balance, SortedMap<String, String> facts) {
        var strategy = balance.path("strategy").asText();
        var asset = balance.path("asset").asText();
        for (var name : new String[] {"total", "reserved"}) {
            facts.put(AccountPicture.balance(strategy, asset, name), amount(balance, name));
        }
    }

    private static void putPosition(JsonNode position, SortedMap<String, String> facts) {
        var strategy = position.path("strategy").asText();
        var instrument = position.path("instrument").asText();
        for (var name : new String[] {"quantity", "costBasis", "realizedPnl", "uncoveredQuantity"}) {
            facts.put(AccountPicture.position(strategy, instrument, name), amount(position, name));
        }
        for (var fees : position.path("feesPaid")) {
            facts.put(
                    AccountPicture.position(
                            strategy,
                            instrument,
                            "fees in " + fees.path("asset").asText()),
                    amount(fees, "amount"));
        }
    }

    private static void putOrder(JsonNode order, SortedMap<String, String> facts) {
        var id = order.path("orderId").asText();
        facts.put(AccountPicture.order(id, "status"), order.path("status").asText());
        facts.put(AccountPicture.order(id, "expiresAt"), instant(order, "expiresAt"));
        for (var name : new String[] {"filledQuantity", "held", "quantity", "limitPrice"}) {
            if (order.hasNonNull(name)) {
                facts.put(AccountPicture.order(id, name), amount(order, name));
            }
        }
    }

    private static void putSuspendedFill(JsonNode fill, SortedMap<String, String> facts) {
        long sequence = fill.path("sequence").asLong();
        facts.put(
                AccountPicture.suspendedFill(sequence, "executionId"),
                fill.path("executionId").asText());
        facts.put(
                AccountPicture.suspendedFill(sequence, "orderId"),
                fill.path("orderId").asText());
        facts.put(
                AccountPicture.suspendedFill(sequence, "reason"),
                fill.path("rejection").path("reason").asText());
    }

    private static String amount(JsonNode object, String name) {
        var text = object.path(name).asText();
        try {
            return AccountPicture.amount(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return "\"" + text + "\", which is no number";
        }
    }

    private static String instant(JsonNode object, String name) {
        return Instant.parse(object.path(name).asText()).toString();
    }

    private JsonNode list(String accountId, String name) throws NotReadyException, IOException, InterruptedException {
        return get(accountId, "/" + name)
                .orElseThrow(() -> new IOException("account " + accountId + " is there, but not its " + name));
    }

    private Optional<JsonNode> get(String accountId, String path)
            throws NotReadyException, IOException, InterruptedException {
        var uri = URI.create(base + URLEncoder.encode(accountId, StandardCharsets.UTF_8) + path);
        var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return switch (response.statusCode()) {
            case OK -> Optional.of(json.readTree(response.body()));
            case NOT_FOUND -> Optional.empty();
            case UNAVAILABLE -> throw new NotReadyException(answer(uri, response));
            default -> throw new IOException(answer(uri, response));
        };
    }

    private static String answer(URI uri, HttpResponse<byte[]> response) {
        var body = new String(response.body(), StandardCharsets.UTF_8).strip();
        return "GET %s was answered with %d: %s".formatted(uri, response.statusCode(), body);
    }

    @Override
    public void close() {
        http.close();
    }
}
