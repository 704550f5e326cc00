package io.bursar.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A clock of its own: every look at it takes a millisecond. */
public final class SteppingClock implements Supplier<Instant> {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private final AtomicLong looks = new AtomicLong();

    @Override
    public Instant get() {
        return START.plusMillis(looks.incrementAndGet());
    }

    public void pass(Duration duration) {
        looks.addAndGet(duration.toMillis());
    }
}
