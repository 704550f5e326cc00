package io.bursar.connect.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.AccountResumed;
import io.bursar.schemas.Balance;
import io.bursar.schemas.Hash;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.Side;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** On a real server. */
class RedisCacheTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Hash ZEROS = new Hash(new byte[32]);

    private static RedisServer server;
    private static int port;

    private Jedis redis;
    private RedisCache cache;

    @BeforeAll
    static void start() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
        server.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.stop();
    }

    @BeforeEach
    void connect() {
        redis = new Jedis("127.0.0.1", port);
        redis.flushAll();
        cache = new RedisCache(new RedisSinkConfig(Map.of(
                "topics", "bursar.journal",
                "redis.url", "redis://127.0.0.1:" + port,
                "schema.registry.url", "http://127.0.0.1:1",
                "consumer.override.isolation.level", "read_committed")));
    }

    @AfterEach
    void close() {
        cache.close();
        redis.close();
    }

    @Test
    void the_last_value_of_each_field_is_kept_with_the_entry_that_made_it() {
        var changes = changes(entry(1, balance("USD", 100)), entry(2, balance("BTC", 7)), entry(3, balance("USD", 50)));

        assertThat(cache.write(List.of(changes))).isEmpty();

        assertThat(redis.hgetAll("account:A1:balances"))
                .containsEntry("@sequence", "3")
                .containsEntry(
                        "BTC", "{\"sequence\":2,\"total\":\"0.07\",\"reserved\":\"0.00\",\"available\":\"0.07\"}")
                .containsEntry(
                        "USD", "{\"sequence\":3,\"total\":\"0.50\",\"reserved\":\"0.00\",\"available\":\"0.50\"}");
        assertThat(redis.hgetAll("account:A1:positions")).containsExactly(Map.entry("@sequence", "3"));
    }

    @Test
    void entries_that_come_again_change_nothing() {
        cache.write(List.of(changes(entry(1, balance("USD", 100)), entry(2, balance("USD", 50)))));
        var before = redis.hgetAll("account:A1:balances");

        assertThat(cache.write(List.of(changes(entry(1, balance("USD", 100)))))).isEmpty();

        assertThat(redis.hgetAll("account:A1:balances")).isEqualTo(before);
    }

    @Test
    void entries_of_which_some_are_there_already_bring_the_rest() {
        cache.write(List.of(changes(entry(1, balance("USD", 100)), entry(2, balance("USD", 50)))));

        cache.write(List.of(changes(entry(2, balance("USD", 50)), entry(3, balance("USD", 25)))));

        assertThat(redis.hget("account:A1:balances", "USD")).contains("\"total\":\"0.25\"");
        assertThat(redis.hget("account:A1:balances", "@sequence")).isEqualTo("3");
    }

    @Test
    void entries_behind_a_hole_are_not_written_and_the_account_is_told() {
        cache.write(List.of(changes(entry(1, balance("USD", 100)))));

        assertThat(cache.write(List.of(changes(entry(3, balance("USD", 25)))))).containsExactly("A1");

        assertThat(redis.hget("account:A1:balances", "USD")).contains("\"total\":\"1.00\"");
    }

    @Test
    void a_hole_within_a_batch_is_the_journal_s() {
        assertThatThrownBy(() -> changes(entry(1, balance("USD", 100)), entry(3, balance("USD", 25))))
                .isInstanceOf(JournalGapException.class)
                .hasMessage("account A1: entry 3 follows entry 1");
    }

    @Test
    void an_order_that_is_closed_is_gone() {
        cache.write(List.of(changes(entry(1, order(OrderStatus.ACTIVE)))));
        assertThat(redis.hget("account:A1:orders", "o1")).contains("\"status\":\"ACTIVE\"", "\"held\":\"2.00\"");

        cache.write(List.of(changes(entry(2, order(OrderStatus.CANCELLED)))));

        assertThat(redis.hgetAll("account:A1:orders")).containsExactly(Map.entry("@sequence", "2"));
    }

    @Test
    void an_offset_moves_only_from_where_it_was_left() {
        cache.setOffset(0, 0);
        assertThat(cache.moveOffsets(Map.of(0, 0L), Map.of(0, 10L))).isTrue();
        assertThat(cache.moveOffsets(Map.of(0, 5L), Map.of(0, 20L))).isFalse();
        assertThat(cache.offsets(List.of(0, 1))).isEqualTo(Map.of(0, 10L));
    }

    @Test
    void a_server_that_was_flushed_does_not_know_an_offset() {
        cache.setOffset(0, 10);
        redis.flushAll();

        assertThat(cache.offsets(List.of(0))).isEmpty();
        assertThat(cache.moveOffsets(Map.of(0, 10L), Map.of(0, 20L))).isFalse();
    }

    private static AccountChanges changes(JournalEntry... entries) {
        var changes = new AccountChanges(entries[0]);
        for (var entry : entries) {
            changes.add(entry);
        }
        return changes;
    }

    private static Balance balance(String asset, long total) {
        return new Balance("", asset, 2, total, 0L);
    }

    private static Order order(OrderStatus status) {
        return Order.newBuilder()
                .setOrderId("o1")
                .setStrategy("")
                .setInstrument("BTC-USD")
                .setTerms(new InstrumentTerms("BTC", "USD", 8, 2, 2))
                .setSide(Side.BUY)
                .setType(OrderType.LIMIT)
                .setQuantity(100_000_000L)
                .setLimitPrice(200L)
                .setTakerFeeRate(0)
                .setPlacedAt(NOON)
                .setExpiresAt(NOON)
                .setStatus(status)
                .setFilledQuantity(0L)
                .setFilledNotional(0L)
                .setHeld(200L)
                .setDecidedSequence(1L)
                .setContentHash(ZEROS)
                .build();
    }

    private static JournalEntry entry(long sequence, Object touched) {
        return new JournalEntry(
                "A1",
                sequence,
                NOON,
                null,
                null,
                null,
                new AccountResumed(),
                List.of(),
                touched instanceof Balance balance ? List.of(balance) : List.of(),
                null,
                touched instanceof Order order ? order : null,
                null,
                ZEROS,
                ZEROS);
    }
}
