package io.bursar.bench.workload;

import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Drain;
import io.bursar.bench.stack.GroupProgress;
import io.bursar.bench.stack.JournalTally;
import io.bursar.bench.stack.RunningBursar;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes accounts with money, before anything is measured. */
public final class Population {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Population() {}

    /** Lists the market, and opens and funds accounts 0 to {@code accounts} - 1. Bursar must not run. */
    public static void make(Deployment deployment, int accounts) throws InterruptedException {
        var topics = deployment.topics();
        var journal = GroupProgress.ends(deployment.admin(), List.of(topics.journal()));
        list(deployment);
        long from = GroupProgress.sum(deployment.progress().ends());
        Backlog.write(deployment, accounts, (number, now) -> Accounts.open(topics, number, now));
        for (var asset : Market.ASSETS) {
            Backlog.write(deployment, accounts, (number, now) -> Accounts.fund(topics, number, asset.getId(), now));
        }
        long to = GroupProgress.sum(deployment.progress().ends());
        try (var bursar = RunningBursar.start(deployment.settings())) {
            var unused = Drain.watch(deployment.progress(), from, to, bursar::requireAlive);
        }
        check(JournalTally.read(deployment, journal), accounts);
    }

    private static void check(JournalTally tally, int accounts) {
        var expected =
                Map.of("AccountOpened", (long) accounts, "FundsDeposited", (long) accounts * Market.ASSETS.size());
        if (!tally.kinds().equals(expected)) {
            throw new BenchException(
                    "accounts were to be made by " + expected + ", but the journal has " + tally.kinds());
        }
    }

    /** Assets and instruments come on a way of their own, and no account may ask for them before they are there. */
    private static void list(Deployment deployment) throws InterruptedException {
        var topics = deployment.topics();
        try (var producer = MessageProducer.forSingleMessages(deployment)) {
            Market.ASSETS.forEach(asset -> producer.send(new Message(topics.assets(), asset.getId(), asset)));
            producer.send(new Message(topics.instruments(), Market.BTC_USD.getId(), Market.BTC_USD));
            producer.flush();
        }
        try (var bursar = RunningBursar.start(deployment.settings())) {
            long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
            while (bursar.bursar().reference().instrument(Market.BTC_USD.getId()) == null) {
                if (System.nanoTime() > deadline) {
                    throw new BenchException("Bursar does not know " + Market.BTC_USD.getId() + " after "
                            + KNOWN_WITHIN.toSeconds() + " s");
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }
}
