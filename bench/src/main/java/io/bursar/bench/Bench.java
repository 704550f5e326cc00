package io.bursar.bench;

import io.bursar.bench.core.Core;
import io.bursar.bench.core.CoreBench;
import io.bursar.bench.growth.GrowthBench;
import io.bursar.bench.growth.GrowthPoint;
import io.bursar.bench.latency.LatencyBench;
import io.bursar.bench.latency.LatencyPoint;
import io.bursar.bench.memory.Memory;
import io.bursar.bench.memory.MemoryBench;
import io.bursar.bench.postgres.Postgres;
import io.bursar.bench.postgres.PostgresBench;
import io.bursar.bench.queries.Queries;
import io.bursar.bench.queries.QueriesBench;
import io.bursar.bench.recovery.Recovery;
import io.bursar.bench.recovery.RecoveryBench;
import io.bursar.bench.stack.BenchStack;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.throughput.DrainedRounds;
import io.bursar.bench.throughput.Throughput;
import io.bursar.bench.throughput.ThroughputBench;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.Population;
import io.bursar.bench.workload.TradingFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One run over the parts that were asked for. */
final class Bench {
    private static final double[] FIXED_RATES = {1_000, 10_000};

    private final Sizes sizes;
    private final boolean quick;
    private final Set<Part> parts;
    private final Map<String, String> settings;
    private final Progress progress;
    private final Instant startedAt = Instant.now();
    private List<String> settingsOfBursar;

    private Throughput throughput;
    /** Commands per second of drained backlogs; null as long as nobody needs it. */
    private Double highestPerSecond;

    private List<LatencyPoint> latency;
    private Queries queries;
    private Memory memory;
    private Recovery recovery;
    private List<GrowthPoint> growth;
    private Postgres postgres;
    private Core core;

    Bench(Sizes sizes, boolean quick, Set<Part> parts, Map<String, String> settings, Progress progress) {
        this.sizes = sizes;
        this.quick = quick;
        this.parts = parts;
        this.settings = settings;
        this.progress = progress;
    }

    Report run() throws InterruptedException {
        progress.say("starting a broker and a schema registry");
        try (var stack = BenchStack.start(settings)) {
            try (var deployment = stack.deployment("bench")) {
                settingsOfBursar = deployment.settings().describe();
                if (isAsked(Part.THROUGHPUT, Part.LATENCY, Part.QUERIES)) {
                    progress.say("making %,d accounts", sizes.accounts());
                    Population.make(deployment, sizes.accounts());
                    runOnAccounts(deployment);
                }
            }
            runOnManyAccounts(stack);
            runGrowth(stack);
            runPostgres(stack);
        }
        if (isAsked(Part.CORE)) {
            core = new CoreBench(sizes.core(), progress).run();
        }
        return report();
    }

    private boolean isAsked(Part... any) {
        return Arrays.stream(any).anyMatch(parts::contains);
    }

    private void runOnAccounts(Deployment deployment) throws InterruptedException {
        if (isAsked(Part.THROUGHPUT)) {
            throughput = new ThroughputBench(deployment, sizes.throughput(), progress).run();
            highestPerSecond = throughput.uniform().commandsPerSecond().median();
        } else {
            highestPerSecond = highest(deployment);
        }
        if (isAsked(Part.LATENCY)) {
            var rates = List.of(FIXED_RATES[0], FIXED_RATES[1], highestPerSecond / 2);
            latency = new LatencyBench(deployment, sizes.latency(), progress).run(rates);
        }
        if (isAsked(Part.QUERIES)) {
            queries = new QueriesBench(deployment, sizes.queries(), progress).run(highestPerSecond / 2);
        }
    }

    /** Of one backlog, after a warm-up. */
    private double highest(Deployment deployment) throws InterruptedException {
        var flow = new TradingFlow(deployment.topics(), "highest", Mix.USUAL, Distribution.UNIFORM, sizes.accounts());
        var backlogs = new DrainedRounds(deployment, sizes.throughput().commands());
        var unused = backlogs.bursarPerSecond(flow);
        double found = backlogs.bursarPerSecond(flow);
        progress.say("highest rate: %,.0f commands/s", found);
        return found;
    }

    /** Recovery needs what memory makes. */
    private void runOnManyAccounts(BenchStack stack) throws InterruptedException {
        if (!isAsked(Part.MEMORY, Part.RECOVERY)) {
            return;
        }
        try (var deployment = stack.deployment("many")) {
            memory = new MemoryBench(deployment, sizes.memory(), progress).run();
            if (isAsked(Part.RECOVERY)) {
                recovery = new RecoveryBench(deployment, sizes.recovery(), progress).run();
            }
        }
    }

    private void runGrowth(BenchStack stack) throws InterruptedException {
        if (isAsked(Part.GROWTH)) {
            try (var deployment = stack.deployment("growth")) {
                var waits = new LatencyBench(deployment, sizes.latencyOfGrowth(), progress);
                growth = new GrowthBench(deployment, sizes.growth(), waits, progress).run();
            }
        }
    }

    private void runPostgres(BenchStack stack) throws InterruptedException {
        if (isAsked(Part.POSTGRES)) {
            var found = new PostgresBench(stack.folder().resolve("postgres"), sizes.postgres(), progress).run();
            postgres = highestPerSecond == null ? found : found.besides(highestPerSecond);
        }
    }

    private Report report() {
        var version = Bench.class.getPackage().getImplementationVersion();
        return new Report(
                version == null ? "(not packaged)" : version,
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                Duration.between(startedAt, Instant.now()).toSeconds(),
                quick,
                Machine.here(),
                settingsOfBursar,
                throughput,
                highestPerSecond,
                latency,
                queries,
                memory,
                recovery,
                growth,
                postgres,
                core);
    }
}
