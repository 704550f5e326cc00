package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Eventually {
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private Eventually() {}

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = Instant.now().plus(AT_MOST);
        while (!condition.getAsBoolean() && Instant.now().isBefore(deadline)) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
