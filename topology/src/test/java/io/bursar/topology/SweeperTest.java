package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.processors.InputProgress;
import io.bursar.processors.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SweeperTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration LOOK = Duration.ofMillis(400);

    /** So that nothing expires but by commands, whose time is the same with and without a clock. */
    private static final InputProgress NEVER_CAUGHT_UP = (partition, offsets) -> -1;

    @Test
    void orders_executions_and_commands_are_deleted_once_they_are_forgotten() {
        try (var ledger = LedgerTopologyFixture.at(T0).start()) {
            ledger.send(Ask.open("A1", T0));
            ledger.send(Ask.deposit("c1", "A1", T0, "USD", 100_00));
            ledger.send(Ask.buy("o1", "A1", T0, 1_0000, 1_00));
            ledger.send(Ask.bought("e1", "o1", "A1", T0, 1_0000, 1_00));

            at(ledger, T0.plus(Duration.ofDays(7)));
            assertThat(ledger.reader().order("A1", "o1")).isNotNull();
            at(ledger, T0.plus(Duration.ofDays(8)));
            assertThat(ledger.reader().order("A1", "o1")).isNull();
            at(ledger, T0.plus(Duration.ofDays(30)));
            assertThat(ledger.reader().execution("A1", "o1", "e1")).isNotNull();
            assertThat(ledger.reader().command("A1", "c1")).isNotNull();
            at(ledger, T0.plus(Duration.ofDays(31)));
            assertThat(ledger.reader().command("A1", "c1")).isNull();
            at(ledger, T0.plus(Duration.ofDays(40)));

            assertThat(ledger.reader().execution("A1", "o1", "e1")).isNull();
            assertThat(ledger.reader().account("A1").getBalances()).hasSize(3);
            assertThat(ledger.counted("rows_forgotten_total")).isEqualTo(6);
        }
    }

    @Test
    void an_open_order_and_one_with_a_suspended_fill_stay() {
        try (var ledger = LedgerTopologyFixture.at(T0).start()) {
            ledger.send(Ask.open("A1", T0));
            ledger.send(Ask.deposit("c1", "A1", T0, "USD", 100_00));
            ledger.send(Ask.buy("open", "A1", T0, 1_0000, 1_00));
            ledger.send(Ask.extend("c2", "A1", T0, "open", T0.plus(Duration.ofDays(30))));
            ledger.send(Ask.buy("o1", "A1", T0, 1_0000, 1_00));
            ledger.send(Ask.bought("e1", "o1", "A1", T0, 1_0000, 2_00));
            ledger.send(Ask.cancel("c3", "A1", T0, "o1"));

            at(ledger, T0.plus(Duration.ofDays(29)));

            assertThat(ledger.reader().order("A1", "open")).isNotNull();
            assertThat(ledger.reader().order("A1", "o1")).isNotNull();
            assertThat(ledger.reader().suspendedFills("A1", 10)).hasSize(1);
        }
    }

    @Test
    void more_rows_than_one_look_takes_are_deleted_in_several() {
        try (var ledger = LedgerTopologyFixture.at(T0).start()) {
            ledger.send(Ask.open("A1", T0));
            for (int i = 0; i < 2_000; i++) {
                ledger.send(Ask.deposit("c" + i, "A1", T0, "USD", 1));
            }
            ledger.send(Ask.deposit("late", "A1", T0.plus(Duration.ofDays(31)), "USD", 1));

            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                ledger.advanceClock(LOOK);
                sizes.add(new StoredRows(ledger.store()).size());
            }

            assertThat(sizes.getFirst()).isBetween(1_400, 2_000);
            assertThat(sizes.getLast()).isEqualTo(2);
        }
    }

    @Test
    void deleting_changes_no_decision() {
        var swept = journal(true);
        var unswept = journal(false);

        assertThat(swept).hasSameSizeAs(unswept);
        for (int i = 0; i < swept.size(); i++) {
            assertThat(Arrays.equals(swept.get(i), unswept.get(i)))
                    .as("entry %d", i)
                    .isTrue();
        }
    }

    /** What is decided on a flow in which nearly every id is used again after weeks. */
    private static List<byte[]> journal(boolean withSweeper) {
        var random = new Random(7);
        List<byte[]> entries = new ArrayList<>();
        try (var ledger = LedgerTopologyFixture.at(T0).with(NEVER_CAUGHT_UP).start()) {
            ledger.send(Ask.open("A1", T0));
            ledger.send(Ask.deposit("money", "A1", T0, "USD", 1_000_000_00));
            var now = T0;
            for (int i = 0; i < 2_000; i++) {
                now = now.plusSeconds(random.nextInt(20_000));
                ledger.send(command(random, now), now);
                if (withSweeper) {
                    ledger.advanceClock(LOOK);
                }
                ledger.journalRecords().forEach(entry -> entries.add(entry.value()));
            }
            assertThat(ledger.counted("rows_forgotten_total") > 200).isEqualTo(withSweeper);
            return entries;
        }
    }

    private static SpecificRecord command(Random random, Instant now) {
        var order = "o" + random.nextInt(60);
        var occurredAt = now.minusSeconds(random.nextInt(100) == 0 ? random.nextInt(3_000_000) : random.nextInt(200));
        return switch (random.nextInt(8)) {
            case 0 -> Ask.deposit("c" + random.nextInt(100), "A1", occurredAt, "USD", 1 + random.nextInt(2));
            case 1, 2, 3 -> Ask.buy(order, "A1", occurredAt, 1_000 + random.nextInt(2), 1_00);
            case 4 -> Ask.cancel("c" + random.nextInt(100), "A1", occurredAt, order);
            case 5 -> Ask.extend("c" + random.nextInt(100), "A1", occurredAt, order, now.plus(Duration.ofDays(20)));
            default ->
                Ask.bought("e" + random.nextInt(10), order, "A1", occurredAt, 1 + random.nextInt(2) * 1_000L, 1_00);
        };
    }

    /** Something happens at a moment, and the sweeper looks at all that there is. */
    private static void at(LedgerTopologyFixture ledger, Instant moment) {
        ledger.send(Ask.deposit("at-" + moment.getEpochSecond(), "A1", moment, "EUR", 1));
        ledger.advanceClock(LOOK);
        ledger.advanceClock(LOOK);
    }
}
