package io.bursar.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C, has the thread that works stop what it does, and lets the JVM end only when that has cleaned up. */
final class StopOnInterrupt {
    /** The processes that were started end with this one in any case. */
    private static final Duration CLEAN_UP_WITHIN = Duration.ofSeconds(60);

    private final Thread runner = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);

    private StopOnInterrupt() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    /** Something that takes long and ends when its thread is interrupted. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Does the work in this thread. */
    static <T> T run(Work<T> work) throws InterruptedException {
        var interrupt = new StopOnInterrupt();
        try {
            return work.run();
        } finally {
            interrupt.done.countDown();
        }
    }

    private void stop() {
        runner.interrupt();
        try {
            if (!done.await(CLEAN_UP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("The data of the benchmark may not have been removed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
