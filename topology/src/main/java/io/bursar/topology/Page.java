package io.bursar.topology;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list that is in the order of ids.
 *
 * @param next the id after which the list goes on; empty at its end
 */
public record Page<T>(List<T> rows, Optional<String> next) {}
