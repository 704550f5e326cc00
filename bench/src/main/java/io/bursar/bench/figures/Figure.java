package io.bursar.bench.figures;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One quantity, measured in several rounds. */
public record Figure(double min, double median, double max) {
    /** Of an even number of rounds the median is the mean of the two in the middle. */
    public static Figure of(double... rounds) {
        if (rounds.length == 0) {
            throw new IllegalArgumentException("a figure needs at least one round");
        }
        var sorted = rounds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** The quantity in each of the rounds. */
    public static <T> Figure of(Collection<T> rounds, ToDoubleFunction<T> quantity) {
        return of(rounds.stream().mapToDouble(quantity).toArray());
    }

    /** For people: three digits that count, thousands grouped. */
    @Override
    public String toString() {
        return min == max ? readable(median) : readable(median) + " (" + readable(min) + " to " + readable(max) + ")";
    }

    /** The number as a table shows it. */
    public static String readable(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
