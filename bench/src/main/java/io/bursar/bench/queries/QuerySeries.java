package io.bursar.bench.queries;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.figures.Latency;

/**
 * Queries by clients that ask one after the other.
 *
 * @param perSecond of all clients together
 */
public record QuerySeries(Figure perSecond, Latency latency) {}
