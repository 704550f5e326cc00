package io.bursar.bench.throughput;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.GroupProgress;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.stack.RunningBursar;
import io.bursar.bench.workload.MessageProducer;
import io.bursar.bench.workload.OpenLoop;
import io.bursar.bench.workload.TradingFlow;
import io.bursar.topology.settings.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks for the highest rate at which the backlog does not grow while clients produce on the same machine. */
final class SustainedRounds {
    private static final double[] SHARES = {0.8, 0.7, 0.6, 0.5, 0.4};
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final double NANOS_PER_SECOND = 1e9;

    /** At the end, what was produced in the last half second may be on its way: some commits and a pause of the JVM. */
    private static final double SECONDS_UNDER_WAY = 0.5;

    private final Deployment deployment;
    private final Duration duration;
    private final int rounds;
    private final Progress progress;

    SustainedRounds(Deployment deployment, Duration duration, int rounds, Progress progress) {
        this.deployment = deployment;
        this.duration = duration;
        this.rounds = rounds;
        this.progress = progress;
    }

    Sustained run(TradingFlow flow, double drainedPerSecond) throws InterruptedException {
        for (double share : SHARES) {
            var kept = roundsAt(flow, share * drainedPerSecond);
            if (kept.size() == rounds) {
                return new Sustained(share, Figure.of(kept, Round::perSecond), Figure.of(kept, Round::largestBacklog));
            }
        }
        return new Sustained(0, Figure.of(0), Figure.of(0));
    }

    /** The rounds up to the first in which the backlog grew, without that one. */
    private List<Round> roundsAt(TradingFlow flow, double perSecond) throws InterruptedException {
        var kept = new ArrayList<Round>();
        try (var bursar = RunningBursar.start(deployment.settings(Profile.THROUGHPUT, Map.of()))
                        .awaitReady();
                var producer = MessageProducer.forBacklogs(deployment)) {
            // Just after its start, Bursar needs a moment before it commits for the first time.
            OpenLoop.run(producer, flow, perSecond, WARM_UP);
            awaitNoBacklog(bursar);
            for (int i = 0; i < rounds; i++) {
                var round = round(bursar, producer, flow, perSecond);
                if (!round.keptUp()) {
                    break;
                }
                kept.add(round);
            }
            awaitNoBacklog(bursar);
        }
        return kept;
    }

    private Round round(RunningBursar bursar, MessageProducer producer, TradingFlow flow, double perSecond)
            throws InterruptedException {
        long start = System.nanoTime();
        var sending = CompletableFuture.supplyAsync(() -> OpenLoop.run(producer, flow, perSecond, duration));
        long largest = 0;
        long last = 0;
        while (!sending.isDone()) {
            Thread.sleep(BETWEEN_LOOKS);
            bursar.requireAlive();
            last = backlog();
            largest = Math.max(largest, last);
        }
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        try {
            double produced = sending.join() / seconds;
            boolean keptUp = last < perSecond * SECONDS_UNDER_WAY && seconds < lateAfter();
            progress.say(
                    "throughput, sustained: %,.0f of %,.0f commands/s were produced, %,d of them not decided in the end: %s",
                    produced, perSecond, last, keptUp ? "kept up" : "too fast");
            return new Round(produced, largest, keptUp);
        } catch (CompletionException e) {
            throw new BenchException("the commands could not be sent", e.getCause());
        }
    }

    /** A producer that could not keep its own rate says nothing of Bursar. */
    private double lateAfter() {
        return duration.toNanos() / NANOS_PER_SECOND + SECONDS_UNDER_WAY;
    }

    private void awaitNoBacklog(RunningBursar bursar) throws InterruptedException {
        while (backlog() > 0) {
            bursar.requireAlive();
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private long backlog() throws InterruptedException {
        var progress = deployment.progress();
        // Asked in this order, so that what is committed between the two questions does not look like a backlog below
        // 0.
        long committed = progress.committed();
        return GroupProgress.sum(progress.ends()) - committed;
    }

    private record Round(double perSecond, long largestBacklog, boolean keptUp) {}
}
