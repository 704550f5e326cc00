package io.bursar.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.clients.BursarHttp;
import io.bursar.cli.clients.BursarHttp.NotReadyException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads accounts through Bursar's HTTP API. An account is one request, answered as of one journal entry, by the instance
 * that has it.
 */
final class HttpStoreReader implements StoreReader {
    /** The most that the API lists at once. */
    private static final int LONGEST_LIST = 10_000;

    private final BursarHttp http;

    /** @param http stays the caller's, who closes it */
    HttpStoreReader(BursarHttp http) {
        this.http = http;
    }

    @Override
    public AccountPicture read(String accountId) throws NotReadyException, IOException, InterruptedException {
        return http.get("/api/v1/accounts/" + accountId + "/snapshot?limit=" + LONGEST_LIST)
                .map(HttpStoreReader::picture)
                .orElse(AccountPicture.ABSENT);
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
}
