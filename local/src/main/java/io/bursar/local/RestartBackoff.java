package io.bursar.local;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before a component that ended by itself is started again. The pause doubles with every death soon
 * after the start; after too many of them in a row there is no further start. Not thread-safe.
 */
final class RestartBackoff {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A process that lived longer had started well: what ended it is a new event. */
    private static final Duration QUICK_DEATH = Duration.ofMinutes(1);

    private final int lastQuickDeath;
    private int quickDeaths;

    /** @param lastQuickDeath at how many quick deaths in a row the component is given up */
    RestartBackoff(int lastQuickDeath) {
        this.lastQuickDeath = lastQuickDeath;
    }

    /** The pause before the next start; empty when the component is to be given up. */
    Optional<Duration> afterDeath(Duration lived) {
        quickDeaths = lived.compareTo(QUICK_DEATH) < 0 ? quickDeaths + 1 : 1;
        if (quickDeaths >= lastQuickDeath) {
            return Optional.empty();
        }
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(quickDeaths - 1, 16));
        return Optional.of(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }
}
