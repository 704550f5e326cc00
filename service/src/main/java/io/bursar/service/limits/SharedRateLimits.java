package io.bursar.service.limits;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.bursar.topology.settings.Settings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;

/**
 * Buckets in Redis, for all instances together. Redis has a tenth of a second to answer. When it fails, this instance
 * counts for itself and lets one request a second ask again.
 */
final class SharedRateLimits implements RateLimits {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration START_WITHIN = Duration.ofSeconds(10);
    private static final int DEFAULT_PORT = 6379;
    private static final Logger LOG = LoggerFactory.getLogger(SharedRateLimits.class);

    private final RateLimits local = new LocalRateLimits();
    private final String url;
    private final String prefix;
    private final Duration patience;
    private final RedisClient redis;
    private final Counter fallbacks;
    private final AtomicBoolean isAway = new AtomicBoolean();

    /** By {@link System#nanoTime}; while Redis is away. */
    private final AtomicLong asksAgainAt = new AtomicLong();

    SharedRateLimits(Settings settings, MetricRegistry metrics) {
        this(settings, metrics, PATIENCE);
    }

    /** @param patience how long a request may wait for Redis */
    SharedRateLimits(Settings settings, MetricRegistry metrics, Duration patience) {
        this.url = settings.get(Settings.REDIS_URL).orElseThrow();
        this.prefix = settings.get(Settings.TOPIC_PREFIX) + "rate-limit:";
        this.patience = patience;
        this.redis = client(settings, URI.create(url), patience);
        this.fallbacks = metrics.counter("rate_limit_fallbacks_total");
    }

    private static RedisClient client(Settings settings, URI url, Duration patience) {
        var config = DefaultJedisClientConfig.builder()
                // Otherwise the client would connect to find out before it is asked for anything.
                .protocol(RedisProtocol.RESP2)
                .timeoutMillis((int) patience.toMillis())
                .user(settings.get(Settings.REDIS_USER).orElse(null))
                .password(settings.get(Settings.REDIS_PASSWORD).orElse(null))
                .database(database(url))
                .clientName("bursar");
        if ("rediss".equals(url.getScheme())) {
            config.sslOptions(SslOptions.defaults());
        }
        var pool = new ConnectionPoolConfig();
        pool.setMaxWait(patience);
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort()))
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }

    private static int database(URI url) {
        var path = url.getPath();
        return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    @Override
    public RateLimit of(String keyId, int perSecond) {
        return new SharedRateLimit(keyId, perSecond, patience);
    }

    /** Counts in Redis, and while that is away at this instance. */
    private final class SharedRateLimit implements RateLimit {
        private final BucketInRedis store;
        private final Bucket bucket;
        private final RateLimit ownCount;

        SharedRateLimit(String keyId, int perSecond, Duration patience) {
            this.store = new BucketInRedis(redis, patience);
            // With another limit it is another bucket.
            var name = prefix + keyId + ":" + perSecond;
            var configuration = BucketConfiguration.builder()
                    .addLimit(LocalRateLimits.bandwidth(perSecond))
                    .build();
            this.bucket = store.builder()
                    // Requests that come while another one is counted are counted together.
                    .withOptimization(Optimizations.batching())
                    .build(name.getBytes(StandardCharsets.UTF_8), () -> configuration);
            this.ownCount = local.of(keyId, perSecond);
        }

        @Override
        public Optional<Duration> count() {
            return ask(this::countInRedis, this::countAlone);
        }

        private Optional<Duration> countInRedis() {
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                // Nobody is refused by what may no longer be so.
                store.forget();
                probe = bucket.tryConsumeAndReturnRemaining(1);
            }
            return LocalRateLimits.waitAfter(probe);
        }

        private Optional<Duration> countAlone() {
            fallbacks.inc();
            return ownCount.count();
        }

        @Override
        public void sentOn() {
            // There it is counted in the same bucket.
            var unused = ask(this::giveBack, () -> false);
        }

        private boolean giveBack() {
            bucket.addTokens(1);
            return true;
        }
    }

    /** What Redis answers; the other when it is away or takes too long. */
    private <T> T ask(Supplier<T> question, Supplier<T> otherwise) {
        boolean wasAway = isAway.get();
        if (wasAway && !isTimeToAskAgain()) {
            return otherwise.get();
        }
        // What hangs is not waited for, be it a connection that is opened.
        Executor asker = wasAway ? SharedRateLimits::onThreadOfItsOwn : Thread::startVirtualThread;
        var answer = CompletableFuture.supplyAsync(question, asker);
        try {
            var answered = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (wasAway && isAway.compareAndSet(true, false)) {
                LOG.info("{} answers again: the limits of keys hold over all instances", url);
            }
            return answered;
        } catch (ExecutionException e) {
            hasFailed(e.getCause());
        } catch (TimeoutException e) {
            hasFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return otherwise.get();
    }

    /** To look up an address may hang, and in a virtual thread that would hold up requests. */
    private static void onThreadOfItsOwn(Runnable task) {
        Thread.ofPlatform().daemon().name("rate-limits").start(task);
    }

    private boolean isTimeToAskAgain() {
        long due = asksAgainAt.get();
        long now = System.nanoTime();
        return now - due >= 0 && asksAgainAt.compareAndSet(due, now + PAUSE.toNanos());
    }

    private void hasFailed(Throwable failure) {
        asksAgainAt.set(System.nanoTime() + PAUSE.toNanos());
        // Those that are idle have most likely ended as well, and would fail one after the other.
        redis.getPool().clear();
        if (isAway.compareAndSet(false, true)) {
            LOG.warn(
                    "{} does not answer: until it does, this instance counts by itself how often keys ask",
                    url,
                    failure);
        }
    }

    @Override
    public void start() {
        onThreadOfItsOwn(this::countFirst);
    }

    /** The first one of all, of no key: classes to load and a connection to open take longer than a request would wait. */
    private void countFirst() {
        try {
            var unused = new SharedRateLimit("", 1, START_WITHIN).countInRedis();
        } catch (RuntimeException e) {
            hasFailed(e);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
