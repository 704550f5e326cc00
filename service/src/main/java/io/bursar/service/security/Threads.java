package io.bursar.service.security;

import java.time.Duration;

/** How threads of this package end. */
final class Threads {
    private Threads() {}

    /** Waits for a thread that has been told to end, and interrupts it when that takes longer. */
    static void end(Thread thread, Duration within) {
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(within)) {
                thread.interrupt();
                thread.join(within.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
