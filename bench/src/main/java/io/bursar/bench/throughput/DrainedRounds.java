package io.bursar.bench.throughput;

import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Drain;
import io.bursar.bench.stack.GroupProgress;
import io.bursar.bench.stack.JournalTally;
import io.bursar.bench.stack.RunningBursar;
import io.bursar.bench.workload.Backlog;
import io.bursar.bench.workload.Sent;
import io.bursar.bench.workload.TradingFlow;
import io.bursar.topology.settings.Profile;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Has Bursar, and then the limit, work off backlogs that were written before it started. */
public final class DrainedRounds {
    private final Deployment deployment;
    private final int commands;

    /** @param commands of a backlog */
    public DrainedRounds(Deployment deployment, int commands) {
        this.deployment = deployment;
        this.commands = commands;
    }

    /** Commands per second of Bursar alone. */
    public double bursarPerSecond(TradingFlow flow) throws InterruptedException {
        return drain(flow).drain().perSecond();
    }

    Round run(TradingFlow flow, Limit limit) throws InterruptedException {
        var drained = drain(flow);
        var tally = drained.tally();
        var limitDrain = limit.run(drained.from(), tally.samples());
        return new Round(
                drained.drain().perSecond(), limitDrain.perSecond(), tally.count("FillSuspended"), tally.meanBytes());
    }

    private Drained drain(TradingFlow flow) throws InterruptedException {
        var progress = deployment.progress();
        var from = progress.ends();
        var journal = ends(deployment.topics().journal());
        var sent = Backlog.write(deployment, flow, commands);
        var to = GroupProgress.sum(progress.ends());
        Drain drain;
        try (var bursar = RunningBursar.start(deployment.settings(Profile.THROUGHPUT, Map.of()))) {
            drain = Drain.watch(progress, GroupProgress.sum(from), to, bursar::requireAlive);
        }
        var tally = JournalTally.read(deployment, journal);
        check(sent, tally);
        return new Drained(from, drain, tally);
    }

    private void check(Sent sent, JournalTally tally) throws InterruptedException {
        require("accepted orders", sent.accepted(), tally.count("OrderAccepted"));
        require("rejected orders", sent.rejected(), tally.count("OrderRejected"));
        require("settled fills", sent.settled(), tally.count("FillSettled"));
        long decisions = sent.commands() - sent.repeated() + tally.count("FillSuspended");
        require("journal entries", decisions, tally.entries());
        require("dead letters", 0, GroupProgress.sum(ends(deployment.topics().deadLetters())));
    }

    private static void require(String what, long expected, long found) {
        if (expected != found) {
            throw new BenchException("The result is wrong: %,d %s instead of %,d".formatted(found, what, expected));
        }
    }

    private Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
        return GroupProgress.ends(deployment.admin(), List.of(topic));
    }

    private record Drained(Map<TopicPartition, Long> from, Drain drain, JournalTally tally) {}
}
