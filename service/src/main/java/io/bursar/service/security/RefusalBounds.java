package io.bursar.service.security;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many refusals get an event of their own: 5 per second of each address, 50 of all together, and after a quiet time
 * twice as many at once. So whoever is refused cannot fill a topic or a disk. Thread-safe.
 */
final class RefusalBounds {
    static final int PER_ADDRESS = 5;
    static final int OF_ALL = 50;

    /** An address that was forgotten begins anew; the bound of all holds all the same. */
    private static final int MOST_ADDRESSES = 10_000;

    private final Bucket ofAll = bucket(OF_ALL);
    private final AtomicLong unrecorded = new AtomicLong();
    private final Map<String, Bucket> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(2L * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** Whether a refusal gets an event; if not, it is counted. */
    boolean admits(String address) {
        boolean admitted = ofAddress(address).tryConsume(1) && ofAll.tryConsume(1);
        if (!admitted) {
            unrecorded.incrementAndGet();
        }
        return admitted;
    }

    /** How many got none since this was last asked. */
    long takeUnrecorded() {
        return unrecorded.getAndSet(0);
    }

    private Bucket ofAddress(String address) {
        synchronized (byAddress) {
            return byAddress.computeIfAbsent(address, absent -> bucket(PER_ADDRESS));
        }
    }
}
