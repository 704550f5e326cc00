package io.bursar.local;

import io.bursar.local.StackState.ComponentState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Processes of a stack whose supervisor was killed. They halt as soon as they see that, which is a moment later than a
 * quick operator's next command.
 */
final class Leftovers {
    private static final Duration HALT_WITHIN = Duration.ofSeconds(5);
    /** Systems tell a process's start to a second or worse; the same id further apart is another process. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    private Leftovers() {}

    /** Waits, not for ever, until no process of the folder's last stack is left; call it with no stack running. */
    static void awaitEnd(DataFolder folder) throws InterruptedException {
        var processes = new StateFile(folder)
                .read().stream()
                        .flatMap(state -> state.components().stream())
                        .flatMap(Leftovers::processOf)
                        .toList();
        var deadline = Instant.now().plus(HALT_WITHIN);
        for (var process : processes) {
            awaitEnd(process, Duration.between(Instant.now(), deadline));
        }
    }

    private static Stream<ProcessHandle> processOf(ComponentState component) {
        if (component.pid().isEmpty() || component.startedAt().isEmpty()) {
            return Stream.empty();
        }
        var recorded = component.startedAt().get();
        return ProcessHandle.of(component.pid().get()).stream()
                .filter(process -> startedAround(process.info().startInstant(), recorded));
    }

    private static boolean startedAround(Optional<Instant> start, Instant recorded) {
        return start.map(instant -> Duration.between(instant, recorded).abs())
                .filter(apart -> apart.compareTo(START_TOLERANCE) < 0)
                .isPresent();
    }

    private static void awaitEnd(ProcessHandle process, Duration limit) throws InterruptedException {
        try {
            process.onExit().get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.err.println("Process " + process.pid() + " of the last stack has not ended yet.");
        }
    }
}
