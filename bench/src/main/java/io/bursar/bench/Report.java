package io.bursar.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.bursar.bench.core.Core;
import io.bursar.bench.growth.GrowthPoint;
import io.bursar.bench.latency.LatencyPoint;
import io.bursar.bench.memory.Memory;
import io.bursar.bench.postgres.Postgres;
import io.bursar.bench.queries.Queries;
import io.bursar.bench.recovery.Recovery;
import io.bursar.bench.throughput.Throughput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a run found, as it is written to a file; what was not measured is null. docs/benchmark.md explains every key.
 *
 * @param startedAt ISO 8601, UTC
 * @param seconds that the run took
 * @param quick whether it was a short one, with less data and one round
 * @param settings of Bursar, {@code name = value (source)}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(
        String version,
        String startedAt,
        long seconds,
        boolean quick,
        Machine machine,
        List<String> settings,
        Throughput throughput,
        Double highestPerSecond,
        List<LatencyPoint> latency,
        Queries queries,
        Memory memory,
        Recovery recovery,
        List<GrowthPoint> growth,
        Postgres postgres,
        Core core) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException("The report cannot be written to " + file, e);
        }
    }
}
