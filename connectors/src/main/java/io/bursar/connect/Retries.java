package io.bursar.connect;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * How long to wait before what failed is tried again, and when to give up. The waits double from a quarter of a second
 * to half a minute, each shortened by up to a half at random, so that tasks that failed together do not all come back
 * together. For one thread only.
 */
public final class Retries {
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 30_000;
    private static final long NANOS_PER_MS = 1_000_000;

    private final long givenUpAfterMs;
    private final LongSupplier nanoClock;
    private final RandomGenerator random;
    private int attempts;
    private long firstFailureNanos;

    /** @param givenUpAfter the first failure since the last success */
    public Retries(Duration givenUpAfter, LongSupplier nanoClock, RandomGenerator random) {
        this.givenUpAfterMs = givenUpAfter.toMillis();
        this.nanoClock = nanoClock;
        this.random = random;
    }

    /** It worked: the next failure is a first one. */
    public void succeeded() {
        attempts = 0;
    }

    /** How many milliseconds to wait after this failure; empty when it is time to give up. */
    public OptionalLong failed() {
        if (attempts == 0) {
            firstFailureNanos = nanoClock.getAsLong();
        }
        attempts++;
        if (sinceFirstFailureMs() >= givenUpAfterMs) {
            return OptionalLong.empty();
        }
        long wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(attempts - 1, 16));
        return OptionalLong.of(random.nextLong(wait / 2, wait + 1));
    }

    /**
     * What a task throws after a failure that may pass: for the worker to deliver the same once more after a wait, or, when
     * that was done for long enough, to give up.
     */
    public ConnectException failure(String problem, Exception cause, SinkTaskContext context) {
        var wait = failed();
        if (wait.isEmpty()) {
            return new ConnectException(
                    "Given up after " + this + " (" + SinkSettings.RETRY_FOR_MS + "): " + problem, cause);
        }
        context.timeout(wait.getAsLong());
        return new RetriableException(problem + " (" + this + "; again in " + wait.getAsLong() + " ms)", cause);
    }

    /** In words, for whoever reads the log: how often it was tried, and for how long. */
    @Override
    public String toString() {
        return attempts + (attempts == 1 ? " attempt" : " attempts") + " in "
                + Duration.ofMillis(attempts == 0 ? 0 : sinceFirstFailureMs()).toSeconds() + " s";
    }

    private long sinceFirstFailureMs() {
        return (nanoClock.getAsLong() - firstFailureNanos) / NANOS_PER_MS;
    }
}
