package io.bursar.cli.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One case, read from one file: what happens, line by line, and what must come of it. Names and times are those of the
 * file; a stage may use others and translate. Immutable.
 *
 * @param file where it was read from, as given
 * @param title one sentence
 * @param exactClock whether it only means something where the log's clock can be set
 * @param accounts the accounts it speaks of
 * @param reference the assets and instruments it speaks of
 * @param steps in the order of the file
 * @param length the latest time to which the scenario moves
 */
public record Scenario(
        String file,
        String title,
        boolean exactClock,
        List<String> accounts,
        Catalogue reference,
        List<Step> steps,
        Duration length) {
    /** When every scenario begins, unless a stage translates its times. */
    public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    public Scenario {
        accounts = List.copyOf(accounts);
        steps = List.copyOf(steps);
    }
}
