package io.bursar.bench.throughput;

import io.bursar.bench.figures.Figure;

/**
 * A rate that Bursar kept up with while clients on the same machine produced it.
 *
 * @param shareOfDrained the highest share of the drained rate at which the backlog did not grow; 0 when it grew at all
 * @param commandsPerSecond that were produced, in each round
 * @param largestBacklog commands that had been produced and not committed, the most seen in each round
 */
public record Sustained(double shareOfDrained, Figure commandsPerSecond, Figure largestBacklog) {}
