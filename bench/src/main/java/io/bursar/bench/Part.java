package io.bursar.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be measured, in the order in which it is. */
enum Part {
    THROUGHPUT,
    LATENCY,
    QUERIES,
    MEMORY,
    RECOVERY,
    GROWTH,
    POSTGRES,
    CORE;

    /** Those of a run that does not say which: growth alone would take longer than all of them. */
    static final Set<Part> USUAL = EnumSet.complementOf(EnumSet.of(GROWTH));

    /**
     * Those of a quick run: a recovery waits for timeouts, however little there is to recover, and the core starts a JVM for
     * each decision.
     */
    static final Set<Part> QUICK = EnumSet.of(THROUGHPUT, LATENCY, QUERIES, POSTGRES);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
