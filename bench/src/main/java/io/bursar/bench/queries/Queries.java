package io.bursar.bench.queries;

/**
 * What {@link QueriesBench} found.
 *
 * @param clients that asked at the same time
 * @param commandsPerSecond that were decided meanwhile
 * @param direct an account with its balances, within the process
 * @param http the same over HTTP
 */
public record Queries(int clients, double commandsPerSecond, QuerySeries direct, QuerySeries http) {}
