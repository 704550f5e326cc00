package io.bursar.bench;

import io.bursar.bench.core.CoreBench;
import io.bursar.bench.growth.GrowthBench;
import io.bursar.bench.latency.LatencyBench;
import io.bursar.bench.memory.MemoryBench;
import io.bursar.bench.postgres.PostgresBench;
import io.bursar.bench.queries.QueriesBench;
import io.bursar.bench.recovery.RecoveryBench;
import io.bursar.bench.throughput.ThroughputBench;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How much is measured.
 *
 * @param accounts for throughput, latency, queries and PostgreSQL
 */
record Sizes(
        int accounts,
        ThroughputBench.Size throughput,
        LatencyBench.Size latency,
        QueriesBench.Size queries,
        MemoryBench.Size memory,
        RecoveryBench.Size recovery,
        GrowthBench.Size growth,
        PostgresBench.Size postgres,
        CoreBench.Size core) {
    private static final int COMMIT_INTERVAL_MS = 25;

    /** Under 15 minutes with the usual accounts. */
    static Sizes full(Integer asked) {
        int rounds = 3;
        int accounts = Objects.requireNonNullElse(asked, 100_000);
        int many = 1_000_000;
        return new Sizes(
                accounts,
                new ThroughputBench.Size(rounds, accounts, 300_000, Duration.ofSeconds(5)),
                new LatencyBench.Size(
                        rounds, accounts, Duration.ofSeconds(1), Duration.ofSeconds(3), List.of(5, 10, 25, 100)),
                new QueriesBench.Size(rounds, accounts, Duration.ofSeconds(4)),
                new MemoryBench.Size(many, many),
                new RecoveryBench.Size(rounds, many, many),
                new GrowthBench.Size(rounds, accounts, 200_000, List.of(10_000, many, 10 * many)),
                new PostgresBench.Size(rounds, accounts, 20_000, 80_000),
                new CoreBench.Size(rounds, 1));
    }

    /** Under 2 minutes with the usual accounts: one round of each. */
    static Sizes quick(Integer asked) {
        int rounds = 1;
        int accounts = Objects.requireNonNullElse(asked, 5_000);
        int many = 10_000;
        return new Sizes(
                accounts,
                new ThroughputBench.Size(rounds, accounts, 40_000, Duration.ofSeconds(2)),
                new LatencyBench.Size(
                        rounds, accounts, Duration.ofSeconds(1), Duration.ofSeconds(2), List.of(COMMIT_INTERVAL_MS)),
                new QueriesBench.Size(rounds, accounts, Duration.ofSeconds(1)),
                new MemoryBench.Size(many, many),
                new RecoveryBench.Size(rounds, many, many),
                new GrowthBench.Size(rounds, accounts, 40_000, List.of(many, 10 * many)),
                new PostgresBench.Size(rounds, accounts, 5_000, 20_000),
                new CoreBench.Size(rounds, 1));
    }

    /** One commit interval, for growth. */
    LatencyBench.Size latencyOfGrowth() {
        return new LatencyBench.Size(
                latency.rounds(), growth.accounts(), latency.warmUp(), latency.perRound(), List.of(COMMIT_INTERVAL_MS));
    }
}
