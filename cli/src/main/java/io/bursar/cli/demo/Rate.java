package io.bursar.cli.demo;

import java.util.function.LongSupplier;

/** How fast something that is counted grows. Not safe for use by several threads. */
final class Rate {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final LongSupplier clockNanos;
    private long countBefore;
    private long nanosBefore;

    Rate(LongSupplier clockNanos) {
        this.clockNanos = clockNanos;
        this.nanosBefore = clockNanos.getAsLong();
    }

    /** Per second, since the call before. */
    long of(long count) {
        long now = clockNanos.getAsLong();
        // At least a microsecond, so that two calls at once divide by something.
        long nanos = Math.max(1_000, now - nanosBefore);
        long grown = count - countBefore;
        countBefore = count;
        nanosBefore = now;
        return Math.multiplyExact(grown, NANOS_PER_SECOND) / nanos;
    }
}
