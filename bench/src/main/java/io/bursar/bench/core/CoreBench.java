package io.bursar.bench.core;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link Decisions} in JVMs of their own. */
public final class CoreBench {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Size size;
    private final Progress progress;

    /** How much of it; each round has a JVM of its own, warmed up for as long as it is measured. */
    public record Size(int rounds, int secondsPerRound) {}

    public CoreBench(Size size, Progress progress) {
        this.size = size;
        this.progress = progress;
    }

    public Core run() {
        progress.say("core: deciding without Kafka");
        var results = results();
        return new Core(
                decision(results, "place"),
                decision(results, "fill"),
                decision(results, "cancel"),
                decision(results, "rejection"));
    }

    private Collection<RunResult> results() {
        var options = new OptionsBuilder()
                .include(Decisions.class.getName())
                .mode(Mode.Throughput)
                .forks(size.rounds())
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(size.secondsPerRound()))
                .measurementIterations(1)
                .measurementTime(TimeValue.seconds(size.secondsPerRound()))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xmx512m")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            throw new BenchException("the core cannot be measured: " + e.getMessage(), e);
        }
    }

    private Decision decision(Collection<RunResult> results, String name) {
        List<Double> perSecond = new ArrayList<>();
        List<Double> allocated = new ArrayList<>();
        for (var fork : forks(results, name)) {
            perSecond.add(fork.getPrimaryResult().getScore());
            allocated.add(fork.getSecondaryResults().get(ALLOCATED).getScore());
        }
        List<Double> rulesPerSecond = new ArrayList<>();
        for (var fork : forks(results, name + Decisions.HASHED)) {
            rulesPerSecond.add(fork.getPrimaryResult().getScore());
        }
        var decision = new Decision(figure(perSecond), figure(rulesPerSecond), figure(allocated));
        progress.say(
                "core, %s: %,.0f decisions/s, %,.0f/s without the content hash",
                name, decision.perSecond().median(), decision.rulesPerSecond().median());
        return decision;
    }

    private static Collection<BenchmarkResult> forks(Collection<RunResult> results, String name) {
        return results.stream()
                .filter(each -> each.getParams().getBenchmark().endsWith("." + name))
                .findAny()
                .orElseThrow(() -> new BenchException("JMH did not measure " + name))
                .getBenchmarkResults();
    }

    private static Figure figure(List<Double> values) {
        return Figure.of(values, Double::doubleValue);
    }
}
