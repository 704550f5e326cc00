package io.bursar.processors;

import java.time.Duration;

/**
 * Divides the time that a stream thread has for expiries among its tasks, so that commands have as much however many of
 * them have a burst to drain. One for each thread, used by that thread only.
 */
final class SliceShares {
    /** The longest a thread expires orders before it goes on with commands. */
    private static final Duration LONGEST_SLICE = Duration.ofMillis(50);

    private static final ThreadLocal<SliceShares> OF_THREAD = ThreadLocal.withInitial(SliceShares::new);

    private int busy;

    static SliceShares ofThisThread() {
        return OF_THREAD.get();
    }

    /** How long a task may go on, which has a burst to drain itself. */
    long sliceNanos(boolean isBusy) {
        int sharers = isBusy ? busy : busy + 1;
        return LONGEST_SLICE.toNanos() / sharers;
    }

    /** A task was not done at the end of its slice. */
    void join() {
        busy++;
    }

    /** It is done now, or leaves the thread. */
    void leave() {
        busy--;
    }
}
