package io.bursar.service.limits;

import com.codahale.metrics.MetricRegistry;
import io.bursar.topology.settings.Settings;

/** Where requests are counted. Thread-safe; started and closed once. */
public interface RateLimits extends AutoCloseable {
    /**
     * In Redis where {@code redis.url} is set, else at this instance alone. Connects to nothing before it is started.
     *
     * @param metrics gets what is counted
     */
    static RateLimits of(Settings settings, MetricRegistry metrics) {
        return settings.get(Settings.REDIS_URL).isPresent()
                ? new SharedRateLimits(settings, metrics)
                : new LocalRateLimits();
    }

    /**
     * The limit of a key, of which nothing is used up at this instance.
     *
     * @param keyId no secret
     * @param perSecond how many requests, 1 or more; after a quiet second so many at once
     */
    RateLimit of(String keyId, int perSecond);

    /** Prepares for requests; returns at once. */
    void start();

    /** Requests may still be counted afterwards, by this instance alone. */
    @Override
    void close();
}
