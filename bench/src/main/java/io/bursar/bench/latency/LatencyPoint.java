package io.bursar.bench.latency;

import io.bursar.bench.figures.Latency;

/**
 * Waits at one rate and commit interval.
 *
 * @param commandsPerSecond that were sent
 * @param latency from when a command was due to when its decision had been read
 */
public record LatencyPoint(int commitIntervalMs, double commandsPerSecond, Latency latency) {}
