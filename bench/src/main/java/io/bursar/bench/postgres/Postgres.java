package io.bursar.bench.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bursar.bench.figures.Figure;

/**
 * What {@link PostgresBench} found.
 *
 * @param version of the server
 * @param fsyncsPerSecond of a small file in the same folder, by one thread: what bounds durable transactions
 * @param connections that worked at the same time
 * @param batch commands per transaction of the batched way
 * @param singleCommandsPerSecond with a durable transaction for each command
 * @param batchedCommandsPerSecond with set-based functions
 * @param bursarToSingle Bursar's drained throughput of the same run over it; absent when that was not measured
 * @param bursarToBatched likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Postgres(
        String version,
        double fsyncsPerSecond,
        int connections,
        int batch,
        Figure singleCommandsPerSecond,
        Figure batchedCommandsPerSecond,
        Double bursarToSingle,
        Double bursarToBatched) {
    /** The same beside what Bursar reached. */
    public Postgres besides(double bursarPerSecond) {
        return new Postgres(
                version,
                fsyncsPerSecond,
                connections,
                batch,
                singleCommandsPerSecond,
                batchedCommandsPerSecond,
                bursarPerSecond / singleCommandsPerSecond.median(),
                bursarPerSecond / batchedCommandsPerSecond.median());
    }
}
