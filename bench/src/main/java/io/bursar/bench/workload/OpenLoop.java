package io.bursar.bench.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends commands at the times at which they are due, whether or not earlier ones were answered. Each command says that it
 * happened when it was due, so whoever waits for its decision counts the time by which it was sent late as well.
 */
public final class OpenLoop {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private OpenLoop() {}

    /** Returns how many it has sent, all of which have reached their topics. */
    public static long run(MessageProducer producer, TradingFlow flow, double perSecond, Duration duration) {
        var start = Instant.now();
        long startNanos = System.nanoTime();
        long count = commands(perSecond, duration);
        for (long i = 0; i < count && !Thread.currentThread().isInterrupted(); i++) {
            long dueNanos = Math.round(i * NANOS_PER_SECOND / perSecond);
            awaitTime(startNanos + dueNanos);
            producer.send(flow.next(start.plusNanos(dueNanos).truncatedTo(ChronoUnit.MICROS)));
        }
        producer.flush();
        return count;
    }

    /** How many commands that is. */
    public static long commands(double perSecond, Duration duration) {
        return Math.round(perSecond * duration.toNanos() / NANOS_PER_SECOND);
    }

    private static void awaitTime(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
