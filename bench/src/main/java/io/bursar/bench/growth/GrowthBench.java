package io.bursar.bench.growth;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.latency.LatencyBench;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.stack.RunningBursar;
import io.bursar.bench.throughput.DrainedRounds;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.Population;
import io.bursar.bench.workload.TradingFlow;
import java.util.ArrayList;
import java.util.List;

/** Adds open orders and measures again and again. */
public final class GrowthBench {
    private final Deployment deployment;
    private final Size size;
    private final LatencyBench latency;
    private final Progress progress;

    /**
     * How much of it.
     *
     * @param commands of a backlog
     * @param openOrders at which is measured, ascending
     */
    public record Size(int rounds, int accounts, int commands, List<Integer> openOrders) {
        public Size {
            openOrders = List.copyOf(openOrders);
        }
    }

    /** @param latency of the same deployment, at one commit interval */
    public GrowthBench(Deployment deployment, Size size, LatencyBench latency, Progress progress) {
        this.deployment = deployment;
        this.size = size;
        this.latency = latency;
        this.progress = progress;
    }

    /** The deployment must be empty. */
    public List<GrowthPoint> run() throws InterruptedException {
        Population.make(deployment, size.accounts());
        var orders = flow("open", Mix.ORDERS);
        var points = new ArrayList<GrowthPoint>();
        int open = 0;
        for (int openOrders : size.openOrders()) {
            progress.say("growth: placing orders until %,d are open", openOrders);
            try (var bursar = RunningBursar.start(deployment.settings())) {
                Population.place(deployment, orders, openOrders - open, bursar::requireAlive);
            }
            open = openOrders;
            points.add(point(openOrders));
        }
        return points;
    }

    private GrowthPoint point(int openOrders) throws InterruptedException {
        var backlogs = new DrainedRounds(deployment, size.commands());
        var flow = flow("growth" + openOrders, Mix.USUAL);
        var perSecond = new ArrayList<Double>();
        for (int i = 0; i <= size.rounds(); i++) {
            double rate = backlogs.bursarPerSecond(flow);
            // The first is a warm-up.
            if (i > 0) {
                perSecond.add(rate);
            }
        }
        var drained = Figure.of(perSecond, Double::doubleValue);
        progress.say("growth, %,d open orders: %,.0f commands/s", openOrders, drained.median());
        var waits = latency.run(List.of(drained.median() / 2)).getFirst().latency();
        return new GrowthPoint(openOrders, drained, waits);
    }

    private TradingFlow flow(String name, Mix mix) {
        return new TradingFlow(deployment.topics(), name, mix, Distribution.UNIFORM, size.accounts());
    }
}
