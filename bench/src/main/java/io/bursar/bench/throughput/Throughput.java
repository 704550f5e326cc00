package io.bursar.bench.throughput;

/**
 * What {@link ThroughputBench} found.
 *
 * @param accounts among which the commands are shared out
 * @param commandsPerRound size of a backlog
 */
public record Throughput(int accounts, int commandsPerRound, Series uniform, Series zipf, Sustained sustained) {}
