package io.bursar.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.connect.redis.RedisKeys;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Reads accounts from the hashes that the Redis sink keeps. */
final class RedisReader implements StoreReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KEPT = List.of("balance ", "position ", "open order ");

    private final Jedis redis;

    /** @param redis stays the caller's, who closes it */
    RedisReader(Jedis redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public boolean keeps(String fact) {
        return KEPT.stream().anyMatch(fact::startsWith);
    }

    @Override
    public synchronized AccountPicture read(String accountId) throws IOException {
        try {
            var transaction = redis.multi();
            var balances = transaction.hgetAll(RedisKeys.balances(accountId));
            var positions = transaction.hgetAll(RedisKeys.positions(accountId));
            var orders = transaction.hgetAll(RedisKeys.orders(accountId));
            transaction.exec();
            var facts = new TreeMap<String, String>();
            for (var balance : values(balances.get()).entrySet()) {
                putBalance(balance.getKey(), balance.getValue(), facts);
            }
            for (var position : values(positions.get()).entrySet()) {
                putPosition(position.getKey(), position.getValue(), facts);
            }
            for (var order : values(orders.get()).entrySet()) {
                putOrder(order.getKey(), order.getValue(), facts);
            }
            var sequence = balances.get().get(RedisKeys.SEQUENCE);
            return sequence == null
                    ? AccountPicture.ABSENT
                    : new AccountPicture(Long.parseLong(sequence), false, facts);
        } catch (JedisException | JsonProcessingException e) {
            throw new IOException("account " + accountId + " cannot be read from Redis: " + e.getMessage(), e);
        }
    }

    private static SortedMap<String, JsonNode> values(Map<String, String> hash) throws JsonProcessingException {
        var values = new TreeMap<String, JsonNode>();
        for (var field : hash.entrySet()) {
            if (!field.getKey().equals(RedisKeys.SEQUENCE)) {
                values.put(field.getKey(), JSON.readTree(field.getValue()));
            }
        }
        return values;
    }

    private static void putBalance(String field, JsonNode balance, SortedMap<String, String> facts) {
        for (var name : List.of("total", "reserved")) {
            facts.put(
                    AccountPicture.balance(RedisKeys.strategyOf(field), RedisKeys.idOf(field), name),
                    amount(balance.path(name)));
        }
    }

    private static void putPosition(String field, JsonNode position, SortedMap<String, String> facts) {
        for (var name : List.of("quantity", "costBasis", "realizedPnl", "uncoveredQuantity")) {
            facts.put(
                    AccountPicture.position(RedisKeys.strategyOf(field), RedisKeys.idOf(field), name),
                    amount(position.path(name)));
        }
        position.path("feesPaid")
                .properties()
                .forEach(paid -> facts.put(
                        AccountPicture.position(
                                RedisKeys.strategyOf(field), RedisKeys.idOf(field), "fees in " + paid.getKey()),
                        amount(paid.getValue())));
    }

    private static void putOrder(String id, JsonNode order, SortedMap<String, String> facts) {
        for (var name : List.of("status", "expiresAt")) {
            facts.put(AccountPicture.order(id, name), order.path(name).asText());
        }
        for (var name : List.of("filledQuantity", "filledNotional", "held", "quantity", "notional", "limitPrice")) {
            if (order.hasNonNull(name)) {
                facts.put(AccountPicture.order(id, name), amount(order.path(name)));
            }
        }
    }

    private static String amount(JsonNode text) {
        return AccountPicture.amount(new BigDecimal(text.asText()));
    }
}
