package io.bursar.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.bench.stack.BenchStack;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.Population;
import io.bursar.bench.workload.TradingFlow;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One small backlog on real components; whether every command was decided as it should be, the round checks itself. */
class ThroughputOnAStackTest {
    private static final int ACCOUNTS = 200;
    private static final int COMMANDS = 6_000;

    @Test
    void a_backlog_is_drained_by_bursar_and_by_the_limit_and_nothing_is_left_behind() throws Exception {
        var stack = BenchStack.start(Map.of());
        try (stack;
                var deployment = stack.deployment("smoke")) {
            Population.make(deployment, ACCOUNTS);
            var flow = new TradingFlow(deployment.topics(), "round", Mix.USUAL, Distribution.ZIPF, ACCOUNTS);

            var round = new DrainedRounds(deployment, COMMANDS).run(flow, new Limit(deployment));

            assertThat(round.bursarPerSecond()).isPositive();
            assertThat(round.limitPerSecond()).isPositive();
            assertThat(round.journalBytes()).isGreaterThan(100);
        }
        assertThat(Files.exists(stack.folder())).isFalse();
    }
}
