package io.bursar.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Bounded waiting that says what it waited for in vain. */
public final class Wait {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Wait() {}

    /**
     * Returns once nothing is missing any more.
     *
     * @param missing asked again and again: what there is still to wait for, empty when nothing
     * @throws AssertionError after that time, with what was missing last
     */
    public static void until(String what, Duration atMost, Supplier<Optional<String>> missing) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (var last = missing.get(); last.isPresent(); last = missing.get()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " not within " + atMost.toSeconds() + " s: " + last.get());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
