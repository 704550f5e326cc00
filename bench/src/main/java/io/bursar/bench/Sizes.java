package io.bursar.bench;

import io.bursar.bench.throughput.ThroughputBench;
import java.time.Duration;

/** How much is measured. */
record Sizes(int accounts, ThroughputBench.Size throughput) {
    /** Under 15 minutes. */
    static Sizes full() {
        int accounts = 100_000;
        return new Sizes(accounts, new ThroughputBench.Size(3, accounts, 300_000, Duration.ofSeconds(6)));
    }

    /** Under 2 minutes: one round of each. */
    static Sizes quick() {
        int accounts = 20_000;
        return new Sizes(accounts, new ThroughputBench.Size(1, accounts, 60_000, Duration.ofSeconds(3)));
    }
}
