package io.bursar.service.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/** Buckets in the memory of this instance, which counts for itself. */
public final class LocalRateLimits implements RateLimits {
    static Bandwidth bandwidth(int perSecond) {
        return Bandwidth.builder()
                .capacity(perSecond)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
    }

    /** How long whoever was refused has to wait; empty for whoever was not. */
    static Optional<Duration> waitAfter(ConsumptionProbe probe) {
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    @Override
    public RateLimit of(String keyId, int perSecond) {
        return new LocalRateLimit(
                Bucket.builder().addLimit(bandwidth(perSecond)).build());
    }

    private record LocalRateLimit(Bucket bucket) implements RateLimit {
        @Override
        public Optional<Duration> count() {
            return waitAfter(bucket.tryConsumeAndReturnRemaining(1));
        }

        @Override
        public void sentOn() {
            // The other instance has a bucket of its own.
        }
    }

    @Override
    public void start() {
        // Buckets are made with the keys.
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }
}
