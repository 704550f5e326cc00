package io.bursar.ledger;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code docs/order-states.md} is made from what random runs did to orders. */
class OrderStatesDocumentTest {
    private static final int RUNS = 300;
    private static final int STEPS = 150;
    private static final String ARROW = " --> ";

    @Test
    void the_documentation_shows_every_way_an_order_can_take() throws IOException {
        var seen = seen();

        assertThat(seen).filteredOn(way -> way.startsWith("[*]")).hasSize(2);
        GeneratedDocument.check("order-states.md", getClass(), text(seen));
    }

    private static Set<String> seen() {
        var seen = new TreeSet<String>();
        var deeds = Arrays.stream(Deed.values())
                .flatMap(deed -> Collections.nCopies(deed.weight, deed).stream())
                .toList();
        for (int seed = 0; seed < RUNS; seed++) {
            var dice = new Dice(seed);
            var market = new Market(dice.chance(50));
            var world = new World(market.reference, what -> addStatus(what, seen), any -> {});
            var run = new RandomRun(world, market);
            for (int step = 0; step < STEPS; step++) {
                run.step(dice.oneOf(deeds), dice.between(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2));
            }
            run.finish();
        }
        return seen;
    }

    private static void addStatus(String what, Set<String> seen) {
        if (what.startsWith(World.STATUS)) {
            var way = what.substring(World.STATUS.length());
            var before = way.substring(0, way.indexOf(ARROW));
            if (!way.startsWith(before + ARROW + before + ":")) {
                seen.add(way);
            }
        }
    }

    private static String text(Set<String> seen) {
        var ways = seen.stream().map(way -> "    " + way).collect(joining("\n"));
        return """
                # The states of an order

                <!-- Generated from what the ledger does to orders in random runs: OrderStatesDocumentTest. -->

                Each arrow is named by the kind of journal entry that makes it. Entries that leave the status as it is are not
                shown: amendments and extensions of open orders, fills that come after an order was closed, suspended fills.

                ```mermaid
                stateDiagram-v2
                %s
                    FILLED --> [*]
                    CANCELLED --> [*]
                    EXPIRED --> [*]
                    REJECTED --> [*]
                ```
                """.formatted(ways);
    }
}
