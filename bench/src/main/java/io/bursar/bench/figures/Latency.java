package io.bursar.bench.figures;

import java.util.Collection;
import org.HdrHistogram.Histogram;

/** How long something took, in milliseconds: percentiles of each round. */
public record Latency(Figure p50Ms, Figure p99Ms, Figure p999Ms, Figure maxMs) {
    /** Up to which waits are told apart; a longer one counts as this. */
    private static final long LONGEST_MICROS = 600_000_000L;

    private static final int DIGITS = 3;
    private static final double MICROS_PER_MS = 1e3;

    /** @param rounds histograms of microseconds, see {@link #histogram} */
    public static Latency of(Collection<Histogram> rounds) {
        return new Latency(
                percentile(rounds, 50),
                percentile(rounds, 99),
                percentile(rounds, 99.9),
                Figure.of(rounds, round -> round.getMaxValue() / MICROS_PER_MS));
    }

    /** An empty histogram of microseconds. */
    public static Histogram histogram() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    /** Records a wait; clocks that step back make it 0. */
    public static void record(Histogram histogram, long micros) {
        histogram.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    private static Figure percentile(Collection<Histogram> rounds, double percentile) {
        return Figure.of(rounds, round -> round.getValueAtPercentile(percentile) / MICROS_PER_MS);
    }
}
