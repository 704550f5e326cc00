package io.bursar.topology;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list that is in the order of ids.
 *
 * @param next the id after which the list goes on; empty at its end
 */
public record Page<T>(List<T> rows, Optional<String> next) {
    /**
     * The first rows of a list.
     *
     * @param found one row more than {@code atMost} when the list goes on
     * @param idOf the id of a row
     */
    public static <T> Page<T> of(List<T> found, int atMost, Function<T, String> idOf) {
        return found.size() <= atMost
                ? new Page<>(found, Optional.empty())
                : new Page<>(found.subList(0, atMost), Optional.of(idOf.apply(found.get(atMost - 1))));
    }
}
