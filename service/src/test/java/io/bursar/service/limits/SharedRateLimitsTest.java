package io.bursar.service.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.codahale.metrics.MetricRegistry;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.args.ClientPauseMode;

/** On a real server. */
final class SharedRateLimitsTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(SharedRateLimits.class);
    private static TestRedis redis;

    private final MetricRegistry metrics = new MetricRegistry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private RateLimits limits;
    private RateLimits others;

    @BeforeAll
    static void startRedis() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        try (var client = redis.connect()) {
            client.flushAll();
        }
        limits = redis.patientLimits(metrics);
        others = redis.patientLimits(metrics);
        log.start();
        LOGGER.addAppender(log);
        LOGGER.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        LOGGER.setLevel(null);
        LOGGER.detachAppender(log);
        limits.close();
        others.close();
    }

    @Test
    void instances_count_together() {
        var here = limits.of("k1", 2);
        var there = others.of("k1", 2);

        long begin = System.nanoTime();
        int admitted = 0;
        for (int i = 0; i < 500; i++) {
            admitted += here.count().isEmpty() ? 1 : 0;
            admitted += there.count().isEmpty() ? 1 : 0;
        }

        assertThat(admitted).isBetween(2, 2 + 2 * secondsSince(begin));
        assertThat(fallbacks()).isZero();
    }

    @Test
    void many_requests_at_once_are_counted_each() throws Exception {
        var here = limits.of("k1", 40);
        var there = others.of("k1", 40);
        Callable<Integer> some = () -> IntStream.range(0, 20)
                .map(i -> (here.count().isEmpty() ? 1 : 0) + (there.count().isEmpty() ? 1 : 0))
                .sum();

        long begin = System.nanoTime();
        int admitted;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = threads.invokeAll(List.of(some, some, some, some, some, some, some, some));
            admitted = counts.stream().mapToInt(SharedRateLimitsTest::resultOf).sum();
        }

        assertThat(admitted).isBetween(40, 40 + 40 * secondsSince(begin));
        assertThat(fallbacks()).isZero();
    }

    private static int resultOf(Future<Integer> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoever_is_refused_is_told_how_long_to_wait() {
        var limit = limits.of("k1", 1);

        assertThat(limit.count()).isEmpty();
        assertThat(limit.count())
                .hasValueSatisfying(wait -> assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void a_request_that_is_sent_on_is_counted_where_it_is_answered_alone() {
        var here = limits.of("k1", 1);
        var there = others.of("k1", 1);
        assertThat(here.count()).isEmpty();
        assertThat(there.count()).isPresent();

        here.sentOn();

        assertThat(there.count()).isEmpty();
        assertThat(here.count()).isPresent();
    }

    @Test
    void another_limit_of_a_key_begins_anew() {
        assertThat(limits.of("k1", 1).count()).isEmpty();
        assertThat(others.of("k1", 1).count()).isPresent();

        assertThat(others.of("k1", 2).count()).isEmpty();
    }

    @Test
    void buckets_are_named_after_installation_key_and_limit_and_expire() {
        var others = new SharedRateLimits(
                Settings.load(SettingsSource.flags(Map.of("redis.url", redis.url(), "topic.prefix", "other."))),
                metrics,
                Duration.ofSeconds(10));
        assertThat(limits.of("k1", 1).count()).isEmpty();
        assertThat(others.of("k1", 1).count()).isEmpty();
        others.close();

        try (var client = redis.connect()) {
            assertThat(client.keys("*")).containsExactlyInAnyOrder("bursar.rate-limit:k1:1", "other.rate-limit:k1:1");
            assertThat(client.pttl("bursar.rate-limit:k1:1")).isBetween(1L, 62_000L);
        }
    }

    @Test
    void a_server_may_ask_for_a_password_and_have_several_databases() {
        var settings = Settings.load(
                SettingsSource.flags(Map.of("redis.url", redis.url() + "/1", "redis.password", "secret")));
        try (var client = redis.connect();
                var known = new SharedRateLimits(settings, metrics, Duration.ofSeconds(10))) {
            client.configSet("requirepass", "secret");
            try {
                assertThat(known.of("k1", 1).count()).isEmpty();
                assertThat(fallbacks()).isZero();
                client.select(1);
                assertThat(client.dbSize()).isOne();

                assertThat(limits.of("k1", 1).count()).isEmpty();
                assertThat(fallbacks()).isOne();
            } finally {
                client.configSet("requirepass", "");
            }
        }
    }

    @Test
    void a_server_that_forgot_all_buckets_gets_new_ones() {
        var limit = limits.of("k1", 1);
        assertThat(limit.count()).isEmpty();
        try (var client = redis.connect()) {
            client.flushAll();
        }

        assertThat(limit.count()).isEmpty();
        assertThat(limit.count()).isPresent();
    }

    @Test
    void while_the_server_is_away_each_instance_counts_for_itself_and_both_turns_are_told_once()
            throws InterruptedException {
        var here = limits.of("k1", 3);
        var there = others.of("k1", 3);
        var elsewhere = limits.of("k2", 1);
        assertThat(here.count()).isEmpty();
        assertThat(elsewhere.count()).isEmpty();

        redis.stop();
        try {
            for (var limit : List.of(here, there)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(limit.count()).isEmpty();
                }
                assertThat(limit.count()).isPresent();
            }
            assertThat(elsewhere.count()).isEmpty();
            assertThat(fallbacks()).isEqualTo(9);
            assertThat(told(Level.WARN)).hasSize(2).allMatch(line -> line.startsWith(redis.url() + " does not answer"));
        } finally {
            redis.start();
        }

        awaitCountingInRedis(here);
        awaitCountingInRedis(there);
        assertThat(told(Level.INFO)).hasSize(2).allMatch(line -> line.startsWith(redis.url() + " answers again"));
        assertThat(told(Level.WARN)).hasSize(2);
    }

    /** As long as it counts alone, the server is not asked but once in a second. */
    private void awaitCountingInRedis(RateLimit limit) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long before;
        do {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(deadline);
            Thread.sleep(100);
            before = fallbacks();
            var unused = limit.count();
        } while (fallbacks() > before);
    }

    @Test
    void a_server_that_hangs_delays_one_request_by_a_tenth_of_a_second_and_others_not_at_all() throws Exception {
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var limit = new SharedRateLimits(TestRedis.settings("redis://127.0.0.1:" + hanging.getLocalPort()), metrics)
                    .of("k1", 100);

            assertDelay(limit, 80, 400);
            assertNoDelay(limit);
            assertThat(fallbacks()).isEqualTo(51);
        }
    }

    @Test
    void a_server_that_begins_to_hang_delays_one_request_by_a_tenth_of_a_second() {
        var quick = new SharedRateLimits(TestRedis.settings(redis.url()), metrics);
        var limit = quick.of("k1", 100);
        // The classes are there and a connection is open.
        for (int i = 0; i < 50; i++) {
            var unused = limit.count();
        }
        long before = fallbacks();
        try (var client = redis.connect()) {
            client.clientPause(2_000, ClientPauseMode.ALL);
        }

        assertDelay(limit, 80, 400);
        assertNoDelay(limit);
        assertThat(fallbacks()).isEqualTo(before + 51);
        quick.close();
        try (var client = redis.connect()) {
            assertThat(client.ping()).isEqualTo("PONG");
        }
    }

    private static void assertDelay(RateLimit limit, long atLeastMs, long atMostMs) {
        long begin = System.nanoTime();
        assertThat(limit.count()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin).toMillis()).isBetween(atLeastMs, atMostMs);
    }

    private static void assertNoDelay(RateLimit limit) {
        long begin = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(limit.count()).isEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(80));
    }

    @Test
    void that_no_server_is_there_at_the_start_is_told_at_once() throws InterruptedException {
        var lonely = new SharedRateLimits(TestRedis.settings("redis://127.0.0.1:1"), metrics);
        lonely.start();

        for (int i = 0; i < 100 && told(Level.WARN).isEmpty(); i++) {
            Thread.sleep(100);
        }

        assertThat(told(Level.WARN)).hasSize(1);
        assertThat(lonely.of("k1", 1).count()).isEmpty();
        lonely.close();
    }

    private List<String> told(Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private long fallbacks() {
        return metrics.counter("rate_limit_fallbacks_total").getCount();
    }

    /** Rounded up. */
    private static int secondsSince(long begin) {
        return (int) Duration.ofNanos(System.nanoTime() - begin).plusMillis(999).toSeconds();
    }
}
