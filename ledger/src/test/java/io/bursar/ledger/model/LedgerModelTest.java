package io.bursar.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.serde.AvroSafety;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
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

    @BeforeAll
    static void bindAvro() {
        AvroSafety.apply();
    }

    @Test
    void model_and_ledger_decide_the_same() {
        var seeds = new SplittableRandom(SEED);
        var tally = new TreeMap<String, Integer>();
        int compared = 0;
        while (compared < REQUESTS) {
            var steps = ModelRun.steps(Feature.OF_THE_LEDGER, seeds.nextLong(), STEPS_OF_A_RUN);
            try {
                compared += ModelRun.compare(Feature.OF_THE_LEDGER, steps, what -> tally.merge(what, 1, Integer::sum));
            } catch (AssertionError difference) {
                throw shrunk(Feature.OF_THE_LEDGER, steps, difference);
            }
        }
        System.out.println(tally);
        assertThat(tally).isNotEmpty();
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
