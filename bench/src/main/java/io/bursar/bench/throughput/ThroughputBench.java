package io.bursar.bench.throughput;

import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.TradingFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

/** Orders and fills through the real topology, as a backlog and at a steady rate. */
public final class ThroughputBench {
    private final Deployment deployment;
    private final Size size;
    private final Progress progress;

    /**
     * How much of it.
     *
     * @param accounts that the deployment has
     * @param commands of a backlog
     * @param sustainedFor how long a steady rate is produced
     */
    public record Size(int rounds, int accounts, int commands, Duration sustainedFor) {}

    public ThroughputBench(Deployment deployment, Size size, Progress progress) {
        this.deployment = deployment;
        this.size = size;
        this.progress = progress;
    }

    public Throughput run() throws InterruptedException {
        var uniform = series(Distribution.UNIFORM);
        var zipf = series(Distribution.ZIPF);
        var drained = uniform.commandsPerSecond().median();
        var sustained = new SustainedRounds(deployment, size.sustainedFor(), size.rounds(), progress)
                .run(flow("sustained", Distribution.UNIFORM), drained);
        return new Throughput(size.accounts(), size.commands(), uniform, zipf, sustained);
    }

    private Series series(Distribution distribution) throws InterruptedException {
        var name = distribution.name().toLowerCase(Locale.ROOT);
        var flow = flow(name, distribution);
        var limit = new Limit(deployment);
        var backlogs = new DrainedRounds(deployment, size.commands());
        var rounds = new ArrayList<Round>();
        for (int i = 0; i <= size.rounds(); i++) {
            var round = backlogs.run(flow, limit);
            progress.say(
                    "throughput, %s, %s: %,.0f commands/s, limit %,.0f records/s",
                    name, i == 0 ? "warm-up" : "round " + i, round.bursarPerSecond(), round.limitPerSecond());
            if (i > 0) {
                rounds.add(round);
            }
        }
        return Series.of(rounds);
    }

    private TradingFlow flow(String name, Distribution distribution) {
        return new TradingFlow(deployment.topics(), name, Mix.USUAL, distribution, size.accounts());
    }
}
