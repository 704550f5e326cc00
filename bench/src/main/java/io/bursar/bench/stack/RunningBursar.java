package io.bursar.bench.stack;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.topology.Bursar;
import io.bursar.topology.settings.Settings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bursar in this process, so that what the JVM has compiled stays compiled from round to round. */
public final class RunningBursar implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final AtomicBoolean failed = new AtomicBoolean();
    private final Bursar bursar;

    private RunningBursar(Settings settings) {
        bursar = new Bursar(settings, new MetricRegistry(), broker -> BrokerLimits.DEFAULT, () -> failed.set(true));
    }

    /** Starts it; it may not be ready yet. */
    public static RunningBursar start(Settings settings) {
        var running = new RunningBursar(settings);
        running.bursar.start();
        return running;
    }

    public Bursar bursar() {
        return bursar;
    }

    /** Returns when it decides and answers queries. */
    public RunningBursar awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!bursar.isReady()) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw new BenchException("Bursar is not ready after " + READY_WITHIN.toSeconds() + " s");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return this;
    }

    /** @throws BenchException when it has failed */
    public void requireAlive() {
        if (failed.get()) {
            throw new BenchException("Bursar failed; what it logged says why");
        }
    }

    @Override
    public void close() {
        bursar.close();
    }
}
