package io.bursar.service.security;

import java.time.Duration;

/** Pauses between tries, each twice as long as the one before, up to a bound. For one thread. */
final class BackOff {
    static final Duration SHORTEST = Duration.ofMillis(200);
    static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = SHORTEST;

    /** An interrupt ends it and stays set. */
    void pause() {
        try {
            Thread.sleep(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    /** After a success. */
    void reset() {
        next = SHORTEST;
    }
}
