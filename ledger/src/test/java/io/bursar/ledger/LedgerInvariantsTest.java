package io.bursar.ledger;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Whatever happens to some accounts, in whatever order, however often: {@link World} checks after every step what must
 * hold. A run is a list of deeds; how each is done depends on its seed and on the state, so a shorter list is a run, too.
 */
class LedgerInvariantsTest {
    /** How often at least each of these must have happened over all runs, so that nothing holds in vain. */
    private static final Map<String, Integer> LEAST = Map.ofEntries(
            Map.entry("AccountOpened", 1_000),
            Map.entry("AccountSuspended", 150),
            Map.entry("AccountResumed", 500),
            Map.entry("AccountClosed", 150),
            Map.entry("FundsDeposited", 3_000),
            Map.entry("FundsWithdrawn", 1_000),
            Map.entry("FundsAdjusted", 600),
            Map.entry("OrderAccepted", 5_000),
            Map.entry("OrderRejected", 3_000),
            Map.entry("OrderAmended", 1_300),
            Map.entry("OrderExtended", 800),
            Map.entry("OrderCancelled", 1_300),
            Map.entry("OrderExpired", 800),
            Map.entry("FillSettled", 6_000),
            Map.entry("FillSuspended", 4_000),
            Map.entry("FillDiscarded", 900),
            Map.entry("CommandRejected", 3_000),
            Map.entry("settled late", 600),
            Map.entry("settled by its order", 700),
            Map.entry("settled by an operator", 200),
            Map.entry("expired by timer", 300),
            Map.entry("expired before a command", 300),
            Map.entry("suspended: unknown_order", 1_500),
            Map.entry("suspended: order_was_rejected", 300),
            Map.entry("suspended: execution_id_reused", 150),
            Map.entry("suspended: worse_than_limit", 300),
            Map.entry("suspended: overfill", 300),
            Map.entry("suspended: insufficient_for_fee", 40),
            Map.entry("suspended: insufficient_for_late_fill", 40),
            Map.entry("suspended: amount_overflows", 100),
            Map.entry("AccountUpdated", 300),
            Map.entry("FundsAllocated", 1_000),
            Map.entry("QuotaSet", 400),
            Map.entry("LimitsSet", 400),
            Map.entry("FundsTransferred", 800),
            Map.entry("TransferReceived", 400),
            Map.entry("TransferRefused", 60),
            Map.entry("TransferConfirmed", 400),
            Map.entry("TransferReturned", 60),
            Map.entry("taken back", 500),
            Map.entry("within open orders", 100),
            Map.entry("suspended: execution_not_settled", 100),
            Map.entry("suspended: insufficient_for_bust", 20),
            Map.entry("refused: exceeds_order_notional", 40),
            Map.entry("refused: exceeds_open_orders", 40),
            Map.entry("refused: exceeds_orders_per_day", 20),
            Map.entry("refused: exceeds_notional_per_day", 20),
            Map.entry("refused: exceeds_position_limit", 20),
            Map.entry("refused: exceeds_position", 100),
            Map.entry("repeated", 10_000),
            Map.entry("repeated later", 1_000),
            Map.entry("decided afresh", 400));

    private static final int LEAST_TAKEN_PERCENT = 50;

    record Step(Deed deed, long seed) {}

    @Property(tries = 1_000)
    @StatisticsReport(onFailureOnly = true)
    void the_books_are_right_after_every_step(@ForAll("runs") List<Step> steps, @ForAll boolean stepped) {
        var tally = Statistics.label("what happened");
        var answers = Statistics.label("answers to commands and fills");
        var market = new Market(stepped);
        var world = new World(market.reference, tally::collect, answers::collect);
        try {
            var run = new RandomRun(world, market);
            steps.forEach(step -> run.step(step.deed(), step.seed()));
            run.finish();
            world.checkAll();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("after" + System.lineSeparator() + world.lastLines(), broken);
        }
        tally.coverage(
                coverage -> LEAST.forEach((what, least) -> coverage.check(what).count(count -> count >= least)));
        answers.coverage(coverage -> coverage.check("taken").percentage(share -> share >= LEAST_TAKEN_PERCENT));
    }

    @Provide
    Arbitrary<List<Step>> runs() {
        var deeds = Arbitraries.of(Arrays.stream(Deed.values())
                .flatMap(deed -> Collections.nCopies(deed.weight, deed).stream())
                .toList());
        var seeds = Arbitraries.longs()
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
        return Combinators.combine(deeds, seeds)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200)
                .withSizeDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }
}
