package io.bursar.service.limits;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.RedisClient;

/**
 * Where Bucket4j reads and swaps the state of one bucket. A state that was seen here is not read again: the swap itself
 * finds out whether it is still the one, and answers with the present one otherwise. So a request takes one round trip,
 * and two when another instance has counted since. Thread-safe, for one call at a time.
 */
final class BucketInRedis extends AbstractCompareAndSwapBasedProxyManager<byte[]> {
    /** A full bucket is as good as none; kept a while, it need not be made for each request of a slow client. */
    private static final Duration KEPT_FULL = Duration.ofMinutes(1);

    private static final byte[] NONE = {};

    /** From one state, empty for none, to another that lives so many milliseconds; 1, or the state that is there. */
    private static final byte[] SWAP = """
            local present = redis.call('get', KEYS[1])
            if (present or '') == ARGV[1] then
              redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
              return 1
            end
            return present
            """.getBytes(StandardCharsets.UTF_8);

    private final RedisClient redis;

    /** Null when it is not known. */
    private volatile byte[] seen;

    /** @param patience after which no call to Redis begins any more */
    BucketInRedis(RedisClient redis, Duration patience) {
        super(ClientSideConfig.getDefault()
                .withRequestTimeout(patience)
                .withExpirationAfterWriteStrategy(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_FULL)));
        this.redis = redis;
    }

    /** Has the next call read the state. */
    void forget() {
        seen = null;
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(byte[] key) {
        return new CompareAndSwapOperation() {
            @Override
            public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
                var state = seen;
                if (state == null) {
                    state = orNone(redis.get(key));
                    seen = state;
                }
                return Optional.of(state).filter(bytes -> bytes.length > 0);
            }

            @Override
            public boolean compareAndSwap(
                    byte[] original, byte[] changed, RemoteBucketState state, Optional<Long> timeoutNanos) {
                return swap(key, orNone(original), changed, lifeMs(state));
            }
        };
    }

    private boolean swap(byte[] key, byte[] from, byte[] to, long lifeMs) {
        // When this fails it is not known whether they were swapped.
        seen = null;
        var life = Long.toString(lifeMs).getBytes(StandardCharsets.US_ASCII);
        var answer = redis.eval(SWAP, 1, key, from, to, life);
        boolean isSwapped = answer instanceof Long;
        seen = isSwapped ? to : orNone((byte[]) answer);
        return isSwapped;
    }

    private long lifeMs(RemoteBucketState state) {
        return getClientSideConfig()
                .getExpirationAfterWriteStrategy()
                .orElseThrow()
                .calculateTimeToLiveMillis(state, currentTimeNanos());
    }

    private static byte[] orNone(byte[] state) {
        return state == null ? NONE : state;
    }

    @Override
    public void removeProxy(byte[] key) {
        seen = null;
        redis.del(key);
    }

    @Override
    public boolean isExpireAfterWriteSupported() {
        return true;
    }

    @Override
    public boolean isAsyncModeSupported() {
        return false;
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(byte[] key) {
        throw new UnsupportedOperationException("buckets are asked synchronously");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(byte[] key) {
        throw new UnsupportedOperationException("buckets are asked synchronously");
    }
}
