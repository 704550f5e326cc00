package io.bursar.service;

import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bursar.service.http.Access;
import io.bursar.service.limits.RateLimits;
import io.bursar.service.limits.TestRedis;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.service.security.KeyRights;
import io.bursar.topology.OwnedElsewhereException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances whose keys have limits in one Redis, by real requests. */
final class SharedLimitsTest {
    private static final String BALANCES = "/api/v1/accounts/A1/balances";

    private final TestRedis redis = new TestRedis();
    private final MetricRegistry metrics = new MetricRegistry();
    private final InMemorySecurity security = new InMemorySecurity(metrics, redis.patientLimits(metrics));
    private final InMemorySecurity othersSecurity = new InMemorySecurity(metrics, redis.patientLimits(metrics));
    private final LedgerInstance instance = new LedgerInstance().open("A1", 0);
    private final Api api = new Api(instance, security);
    private final Api othersApi = new Api(new LedgerInstance().open("A1", 0), othersSecurity);

    @AfterEach
    void stop() {
        api.close();
        othersApi.close();
        redis.close();
    }

    @Test
    void a_key_may_ask_both_together_as_often_as_its_limit_says() {
        var key = limitedKey(security, 5);
        security.tellKeysTo(othersSecurity);

        long begin = System.nanoTime();
        int admitted = 0;
        for (int i = 0; i < 40; i++) {
            for (var each : List.of(api, othersApi)) {
                admitted += get(each, key).statusCode() == 200 ? 1 : 0;
            }
        }
        var seconds =
                Duration.ofNanos(System.nanoTime() - begin).plusMillis(999).toSeconds();

        assertThat(admitted).isBetween(5, (int) (5 + 5 * seconds));
        assertThat(fallbacks()).isZero();
    }

    @Test
    void a_request_that_is_sent_on_is_counted_once() {
        var key = limitedKey(security, 1);
        security.tellKeysTo(othersSecurity);
        instance.failure =
                new OwnedElsewhereException("127.0.0.1", othersApi.service().port());

        assertThat(get(api, key).statusCode()).isEqualTo(200);
        var next = get(api, key);

        assertThat(next.statusCode()).isEqualTo(429);
        assertThat(json(next).get("reason").textValue()).isEqualTo("rate_limited");
        assertThat(fallbacks()).isZero();
    }

    @Test
    void without_a_redis_where_it_should_be_keys_work_and_their_limits_hold_at_the_instance() {
        var settings = Settings.load(SettingsSource.flags(Map.of("redis.url", "redis://127.0.0.1:1")));
        var alone = new InMemorySecurity(metrics, RateLimits.of(settings, metrics));
        var unlimited = alone.key(InMemorySecurity.rights(Access.ACCOUNT_READ));
        var limited = limitedKey(alone, 1);
        try (var lonely = new Api(new LedgerInstance().open("A1", 0), alone)) {
            assertThat(get(lonely, unlimited).statusCode()).isEqualTo(200);
            assertThat(fallbacks()).isZero();

            assertThat(get(lonely, limited).statusCode()).isEqualTo(200);
            assertThat(get(lonely, limited).statusCode()).isEqualTo(429);
            assertThat(fallbacks()).isEqualTo(2);
        }
    }

    private static String limitedKey(InMemorySecurity security, int perSecond) {
        return security.key(new KeyRights("desk", List.of(Access.ACCOUNT_READ), List.of(), null, List.of(), perSecond));
    }

    private static HttpResponse<String> get(Api api, String key) {
        return api.send("GET", BALANCES, "", "Authorization", "Bearer " + key);
    }

    private long fallbacks() {
        return metrics.counter("rate_limit_fallbacks_total").getCount();
    }
}
