package io.bursar.cli.demo.flow;

import java.time.Instant;

/**
 * Makes the identities of one run, all beginning with the run's own name, so that a run on the data of an earlier one
 * repeats nothing of it. Not safe for use by several threads.
 */
public final class Ids {
    private static final int BASE = 36;

    private final String run;
    private long last;

    /** @param run letters and digits */
    public Ids(String run) {
        this.run = run;
    }

    /** Identities that no run which began at another millisecond has. */
    public static Ids startingAt(Instant start) {
        return new Ids("d" + Long.toString(start.toEpochMilli(), BASE));
    }

    /** Whether the identity was made for this run. */
    public boolean isOurs(String id) {
        return id != null && id.startsWith(run + "-");
    }

    /** The next of its kind. */
    public String next(String kind) {
        return named(kind + ++last);
    }

    /** One that says what it stands for. */
    public String named(String name) {
        return run + "-" + name;
    }
}
