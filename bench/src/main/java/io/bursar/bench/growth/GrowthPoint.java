package io.bursar.bench.growth;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.figures.Latency;

/**
 * Bursar with so many open orders.
 *
 * @param commandsPerSecond of drained backlogs
 * @param latency at half that rate
 */
public record GrowthPoint(int openOrders, Figure commandsPerSecond, Latency latency) {}
