package io.bursar.brokers;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the fewest letters to insert, delete or replace, the first in order of the alphabet of several.
     *
     * @param most how many such changes are still taken for a slip
     */
    static Optional<String> of(String name, Collection<String> candidates, int most) {
        return candidates.stream()
                .filter(candidate -> changes(name, candidate) <= most)
                .min(Comparator.<String>comparingInt(candidate -> changes(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The Levenshtein distance, row by row. */
    private static int changes(String from, String to) {
        var previous = new int[to.length() + 1];
        for (var column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (var row = 1; row <= from.length(); row++) {
            var current = new int[to.length() + 1];
            current[0] = row;
            for (var column = 1; column <= to.length(); column++) {
                var replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
