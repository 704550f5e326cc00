package io.bursar.bench.workload;

import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Drain;
import io.bursar.bench.stack.GroupProgress;
import io.bursar.bench.stack.JournalTally;
import io.bursar.bench.stack.RunningBursar;
import io.bursar.schemas.Asset;
import java.util.List;
import java.util.Map;

/** Makes accounts with money and orders that stay open, and makes sure that they are there. */
public final class Population {
    private Population() {}

    /** Lists the market, and opens and funds accounts 0 to {@code accounts} - 1, by a Bursar in this process. */
    public static void make(Deployment deployment, int accounts) throws InterruptedException {
        list(deployment);
        try (var bursar = RunningBursar.start(deployment.settings())) {
            open(deployment, accounts, Market.ASSETS, bursar::requireAlive);
        }
    }

    /** Lists the market. Bursar must not run: it knows at its start what is listed, and later only some time after. */
    public static void list(Deployment deployment) {
        var topics = deployment.topics();
        try (var producer = MessageProducer.forBacklogs(deployment)) {
            Market.ASSETS.forEach(asset -> producer.send(new Message(topics.assets(), asset.getId(), asset)));
            producer.send(new Message(topics.instruments(), Market.BTC_USD.getId(), Market.BTC_USD));
            producer.flush();
        }
    }

    /**
     * Opens accounts 0 to {@code accounts} - 1 and gives them some of these assets.
     *
     * @param owner is asked now and then whether the Bursar that does it still runs
     */
    public static void open(Deployment deployment, int accounts, List<Asset> assets, Runnable owner)
            throws InterruptedException {
        var topics = deployment.topics();
        fill(
                deployment,
                owner,
                Map.of("AccountOpened", (long) accounts),
                () -> Backlog.write(deployment, accounts, (number, now) -> Accounts.open(topics, number, now)));
        for (var asset : assets) {
            fill(
                    deployment,
                    owner,
                    Map.of("FundsDeposited", (long) accounts),
                    () -> Backlog.write(
                            deployment, accounts, (number, now) -> Accounts.fund(topics, number, asset.getId(), now)));
        }
    }

    /** Places orders that stay open and need only USD; the flow is one of {@link Mix#ORDERS}. */
    public static void place(Deployment deployment, TradingFlow flow, int orders, Runnable owner)
            throws InterruptedException {
        fill(deployment, owner, Map.of("OrderAccepted", (long) orders), () -> {
            var unused = Backlog.write(deployment, flow, orders);
        });
    }

    private static void fill(Deployment deployment, Runnable owner, Map<String, Long> expected, Runnable commands)
            throws InterruptedException {
        var journal = GroupProgress.ends(
                deployment.admin(), List.of(deployment.topics().journal()));
        long from = GroupProgress.sum(deployment.progress().ends());
        commands.run();
        long to = GroupProgress.sum(deployment.progress().ends());
        var unused = Drain.watch(deployment.progress(), from, to, owner);
        var tally = JournalTally.read(deployment, journal);
        if (!tally.kinds().equals(expected)) {
            throw new BenchException(expected + " were to be made, but the journal has " + tally.kinds());
        }
    }
}
