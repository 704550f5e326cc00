package io.bursar.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The ledger and a second, naive writing of its rules decide the same, whatever is asked of them: the same entries and
 * answers with the same numbers, the same balances, positions and orders after every request.
 *
 * <p>{@code -Dmodel.requests=1000000} sets how many requests are compared, {@code -Dmodel.seed=…} with which dice.
 */
class LedgerModelTest {
    private static final int REQUESTS = Integer.getInteger("model.requests", 50_000);
    private static final long SEED = Long.getLong("model.seed", 20_260_302L);

    /** Long enough for a state with a past, short enough to be read once it is shrunk. */
    private static final int STEPS_OF_A_RUN = 400;

    /** How often the shrinking of a failed run tries a shorter one. */
    private static final int ATTEMPTS_TO_SHRINK = 3_000;

    /** How often at least each of these happens in so many requests, so that nothing is compared in vain. */
    private static final int REQUESTS_OF_LEAST = 50_000;

    private static final Map<String, Integer> LEAST = Map.ofEntries(
            Map.entry("AccountOpened", 150),
            Map.entry("AccountClosed", 50),
            Map.entry("AccountResumed", 500),
            Map.entry("FundsDeposited", 2_000),
            Map.entry("FundsWithdrawn", 1_000),
            Map.entry("FundsAdjusted", 400),
            Map.entry("OrderAccepted", 5_000),
            Map.entry("OrderAmended", 600),
            Map.entry("OrderExtended", 300),
            Map.entry("OrderCancelled", 800),
            Map.entry("OrderExpired", 800),
            Map.entry("OrderExpired by the timer", 50),
            Map.entry("FillSettled", 4_000),
            Map.entry("FillSettled late", 500),
            Map.entry("FillDiscarded", 400),
            Map.entry("AccountUpdated", 500),
            Map.entry("FundsAllocated", 800),
            Map.entry("LimitsSet", 400),
            Map.entry("QuotaSet", 400),
            Map.entry("taken back", 100),
            Map.entry("FundsTransferred", 400),
            Map.entry("TransferReceived", 250),
            Map.entry("TransferRefused", 60),
            Map.entry("TransferConfirmed", 200),
            Map.entry("TransferReturned", 40),
            Map.entry("repeated", 1_000),
            Map.entry("refused: command_too_old", 300),
            Map.entry("refused: occurred_in_the_future", 300),
            Map.entry("refused: order_id_reused", 100),
            Map.entry("refused: command_id_reused", 100),
            Map.entry("refused: insufficient_funds", 500),
            Map.entry("refused: insufficient_position", 500),
            Map.entry("refused: exceeds_open_orders", 50),
            Map.entry("refused: amount_overflows", 50),
            Map.entry("refused: quantity_below_filled", 15),
            Map.entry("refused: instrument_not_permitted", 250),
            Map.entry("refused: accounts_must_differ", 20),
            Map.entry("refused: fields_do_not_fit_deposit", 15),
            Map.entry("refused: cost_must_not_be_negative", 8),
            Map.entry("refused: limit_must_not_be_negative", 30),
            Map.entry("refused: exceeds_order_notional", 20),
            Map.entry("refused: exceeds_orders_per_day", 100),
            Map.entry("refused: exceeds_notional_per_day", 20),
            Map.entry("refused: exceeds_position_limit", 15),
            Map.entry("refused: exceeds_position", 250),
            Map.entry("suspended: execution_not_settled", 40),
            Map.entry("suspended: insufficient_for_bust", 20),
            Map.entry("suspended: unknown_order", 500),
            Map.entry("suspended: execution_id_reused", 100),
            Map.entry("suspended: worse_than_limit", 50),
            Map.entry("suspended: overfill", 150),
            Map.entry("suspended: insufficient_for_fee", 20),
            Map.entry("suspended: insufficient_for_late_fill", 20),
            Map.entry("suspended: amount_overflows", 50));

    @Test
    void model_and_ledger_decide_the_same() {
        var seeds = new SplittableRandom(SEED);
        var tally = new TreeMap<String, Integer>();
        int compared = 0;
        while (compared < REQUESTS) {
            var steps = ModelRun.steps(Feature.ALL, seeds.nextLong(), STEPS_OF_A_RUN);
            try {
                compared += ModelRun.compare(Feature.ALL, steps, what -> tally.merge(what, 1, Integer::sum));
            } catch (AssertionError difference) {
                throw shrunk(Feature.ALL, steps, difference);
            }
        }
        long requests = compared;
        LEAST.forEach((what, least) -> assertThat((long) tally.getOrDefault(what, 0))
                .as("%s in %s", what, tally)
                .isGreaterThanOrEqualTo(least * requests / REQUESTS_OF_LEAST / 2));
    }

    private static AssertionError shrunk(Set<Feature> features, List<ModelRun.Step> steps, AssertionError difference) {
        var shortest = steps;
        var last = difference;
        int attempts = 0;
        for (int size = steps.size() / 2; size > 0; size /= 2) {
            int from = 0;
            while (from < shortest.size() && attempts < ATTEMPTS_TO_SHRINK) {
                attempts++;
                var shorter = new ArrayList<>(shortest);
                shorter.subList(from, Math.min(shorter.size(), from + size)).clear();
                var found = difference(features, shorter);
                if (found == null) {
                    from += size;
                } else {
                    shortest = shorter;
                    last = found;
                }
            }
        }
        return new AssertionError(
                "seed " + SEED + ", shrunk to " + shortest.size() + " steps " + shortest + System.lineSeparator()
                        + last.getMessage(),
                last);
    }

    private static AssertionError difference(Set<Feature> features, List<ModelRun.Step> steps) {
        try {
            ModelRun.compare(features, steps, any -> {});
            return null;
        } catch (AssertionError difference) {
            return difference;
        }
    }
}
