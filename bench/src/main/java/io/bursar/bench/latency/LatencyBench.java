package io.bursar.bench.latency;

import io.bursar.bench.figures.Latency;
import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.stack.RunningBursar;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.MessageProducer;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.OpenLoop;
import io.bursar.bench.workload.TradingFlow;
import io.bursar.topology.settings.Profile;
import io.bursar.topology.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.HdrHistogram.Histogram;

/** Sends commands at fixed rates and reads their decisions. */
public final class LatencyBench {
    /** A fill follows its order after so much of a second, as if the market had to find a counterparty. */
    private static final double ORDER_TO_FILL_SECONDS = 0.2;

    private final Deployment deployment;
    private final Size size;
    private final Progress progress;

    /**
     * How much of it.
     *
     * @param accounts that the deployment has
     * @param perRound how long each rate is sent
     */
    public record Size(int rounds, int accounts, Duration warmUp, Duration perRound, List<Integer> commitIntervalsMs) {
        public Size {
            commitIntervalsMs = List.copyOf(commitIntervalsMs);
        }
    }

    public LatencyBench(Deployment deployment, Size size, Progress progress) {
        this.deployment = deployment;
        this.size = size;
        this.progress = progress;
    }

    /** Every rate at every commit interval. */
    public List<LatencyPoint> run(List<Double> rates) throws InterruptedException {
        var points = new ArrayList<LatencyPoint>();
        for (int commitIntervalMs : size.commitIntervalsMs()) {
            var settings = deployment.settings(
                    Profile.LATENCY, Map.of(Settings.COMMIT_INTERVAL_MS.name(), Integer.toString(commitIntervalMs)));
            try (var bursar = RunningBursar.start(settings).awaitReady()) {
                for (double rate : rates) {
                    points.add(point(commitIntervalMs, rate));
                    bursar.requireAlive();
                }
            }
        }
        return points;
    }

    private LatencyPoint point(int commitIntervalMs, double rate) throws InterruptedException {
        int openOrders = (int) Math.ceil(rate * ORDER_TO_FILL_SECONDS / 2);
        var flow = new TradingFlow(
                deployment.topics(),
                "latency" + deployment.nextRun(),
                Mix.distinct(openOrders),
                Distribution.UNIFORM,
                size.accounts());
        var rounds = new ArrayList<Histogram>();
        try (var producer = MessageProducer.forSingleMessages(deployment);
                var watch = new DecisionWatch(deployment)) {
            var unused = round(producer, watch, flow, rate, size.warmUp());
            for (int i = 0; i < size.rounds(); i++) {
                rounds.add(round(producer, watch, flow, rate, size.perRound()));
            }
        }
        var latency = Latency.of(rounds);
        progress.say(
                "latency, commit every %d ms, %,.0f commands/s: p50 %.1f ms, p99 %.1f ms",
                commitIntervalMs,
                rate,
                latency.p50Ms().median(),
                latency.p99Ms().median());
        return new LatencyPoint(commitIntervalMs, rate, latency);
    }

    private static Histogram round(
            MessageProducer producer, DecisionWatch watch, TradingFlow flow, double rate, Duration duration)
            throws InterruptedException {
        long commands = OpenLoop.commands(rate, duration);
        var sending = CompletableFuture.supplyAsync(() -> OpenLoop.run(producer, flow, rate, duration));
        var histogram = watch.await(commands);
        try {
            long sent = sending.join();
            if (sent != commands) {
                throw new InterruptedException("only " + sent + " commands were sent");
            }
            return histogram;
        } catch (CompletionException e) {
            throw new BenchException("the commands could not be sent", e.getCause());
        }
    }
}
