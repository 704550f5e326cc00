package io.bursar.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.bench.stack.BenchStack;
import io.bursar.bench.stack.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A few accounts and orders in a Bursar that runs as a process, as the parts about memory and recovery start it. */
class MemoryOnAStackTest {
    private static final int ACCOUNTS = 500;
    private static final int OPEN_ORDERS = 1_000;

    @Test
    void a_process_is_filled_and_its_memory_disk_and_changelog_are_told() throws Exception {
        try (var stack = BenchStack.start(Map.of());
                var deployment = stack.deployment("smoke")) {
            var quiet = new Progress(new PrintWriter(Writer.nullWriter()));

            var memory = new MemoryBench(deployment, new MemoryBench.Size(ACCOUNTS, OPEN_ORDERS), quiet).run();

            assertThat(memory.withOrders().changelogBytes())
                    .isGreaterThan(memory.withAccounts().changelogBytes());
            assertThat(memory.withAccounts().changelogBytes())
                    .isGreaterThan(memory.empty().changelogBytes());
            assertThat(memory.withOrders().residentBytes()).isGreaterThan(50L << 20);
            assertThat(memory.withOrders().rocksDbBytes()).isPositive();
        }
    }
}
