package io.bursar.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.cli.clients.CommandException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads accounts through Bursar's HTTP API. An account is one request, answered as of one journal entry, by the instance
 * that has it.
 */
final class HttpStoreReader implements StoreReader, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** The most that the API lists at once. */
    private static final int LONGEST_LIST = 10_000;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            // Instances that know of each other send a query on to the one that has the account.
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final List<URI> instances;

    /** @param instances such as {@code http://127.0.0.1:18080}; those that do not know of each other all of them */
    HttpStoreReader(List<URI> instances) {
        this.instances = List.copyOf(instances);
    }

    /**
     * Says early what would fail for every account.
     *
     * @throws CommandException when an instance does not answer
     */
    void requireAnswers() throws InterruptedException {
        for (var instance : instances) {
            var live = uri(instance, "/health/live");
            try {
                var answer = http.send(request(live), HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != OK) {
                    throw new CommandException(answer(live, answer) + ". Is that Bursar's HTTP API?");
                }
            } catch (IOException e) {
                throw new CommandException(
                        "No instance of Bursar answers at %s (%s): --http names the HTTP API of a running one."
                                .formatted(instance, e),
                        e);
            }
        }
    }

    @Override
    public AccountPicture read(String accountId) throws NotReadyException, IOException, InterruptedException {
        var path = "/api/v1/accounts/" + URLEncoder.encode(accountId, StandardCharsets.UTF_8) + "/snapshot?limit="
                + LONGEST_LIST;
        var whyNot = new ArrayList<String>();
        for (var instance : instances) {
            var uri = uri(instance, path);
            try {
                var response = http.send(request(uri), HttpResponse.BodyHandlers.ofByteArray());
                switch (response.statusCode()) {
                    case OK -> {
                        return picture(json.readTree(response.body()));
                    }
                    case NOT_FOUND -> {
                        return AccountPicture.ABSENT;
                    }
                    case UNAVAILABLE -> whyNot.add(answer(uri, response));
                    default -> throw new IOException(answer(uri, response));
                }
            } catch (ConnectException | HttpTimeoutException e) {
                whyNot.add("GET %s: %s".formatted(uri, e));
            }
        }
        throw new NotReadyException(String.join("; ", whyNot));
    }

    private static AccountPicture picture(JsonNode snapshot) {
        var facts = new TreeMap<String, String>();
        var account = snapshot.path("account");
        putAccount(account, facts);
        snapshot.path("balances").forEach(balance -> putBalance(balance, facts));
        snapshot.path("positions").forEach(position -> putPosition(position, facts));
        snapshot.path("orders").forEach(order -> putOrder(order, facts));
        snapshot.path("suspendedFills").forEach(fill -> putSuspendedFill(fill, facts));
        return new AccountPicture(
                account.path("sequence").asLong(), snapshot.path("truncated").asBoolean(), facts);
    }

    private static void putAccount(JsonNode account, SortedMap<String, String> facts) {
        for (var name : new String[] {"status", "owner", "name", "openOrders", "suspendedFills", "lastHash"}) {
            facts.put(name, account.path(name).asText());
        }
        facts.put("takerFeeRate", amount(account, "takerFeeRate"));
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
        for (var name :
                new String[] {"filledQuantity", "filledNotional", "held", "quantity", "notional", "limitPrice"}) {
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

    private static URI uri(URI instance, String path) {
        var base = instance.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
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
