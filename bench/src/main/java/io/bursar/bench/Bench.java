package io.bursar.bench;

import io.bursar.bench.stack.BenchStack;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.throughput.Throughput;
import io.bursar.bench.throughput.ThroughputBench;
import io.bursar.bench.workload.Population;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One run over the parts that were asked for. */
final class Bench {
    private final Sizes sizes;
    private final boolean quick;
    private final Set<Part> parts;
    private final Map<String, String> settings;
    private final Progress progress;
    private final Instant startedAt = Instant.now();
    private Throughput throughput;
    private List<String> settingsOfBursar = List.of();

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
                progress.say("making %,d accounts", sizes.accounts());
                Population.make(deployment, sizes.accounts());
                runOnAccounts(deployment);
            }
        }
        return report();
    }

    private void runOnAccounts(Deployment deployment) throws InterruptedException {
        if (parts.contains(Part.THROUGHPUT)) {
            throughput = new ThroughputBench(deployment, sizes.throughput(), progress).run();
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
                throughput);
    }
}
