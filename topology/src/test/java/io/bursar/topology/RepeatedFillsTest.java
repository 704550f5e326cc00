package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.Command;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.JournalFold;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.processors.InputProgress;
import io.bursar.processors.LedgerReader;
import io.bursar.processors.StoredRows;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A fill is recognised when it comes again, wherever its execution is stored. Whatever the task remembers without
 * reading, it loses now and then.
 */
class RepeatedFillsTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final long FIRST_PRICE = 1_00;
    private static final long QUANTITY = 1_0000;

    /** So that nothing expires but by commands. */
    private static final InputProgress NEVER_CAUGHT_UP = (partition, offsets) -> -1;

    /** All but where the record lay and the hashes, which cover it. */
    private static final Comparator<JournalEntry> BY_DECISION = Comparator.comparing(RepeatedFillsTest::unsourced);

    /** As many executions as an order's row takes, and some. */
    private static final int IN_ROW = 8;

    private static final int MANY = 20;

    private LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();
    private final FoldedAccount folded = new FoldedAccount("A1");
    private Instant now = T0;
    private int commands;

    @BeforeEach
    void open() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("money", "A1", T0, "USD", 1_000_000_00));
        assertThat(journalled()).hasSize(2);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, IN_ROW, IN_ROW + 1, MANY})
    void fills_of_an_order(int fills) {
        assertThat(place("o1")).containsExactly("OrderAccepted");
        for (int i = 0; i < fills; i++) {
            assertThat(send(fill(i, FIRST_PRICE))).containsExactly("FillSettled");
        }

        assertThat(rows().executionRows()).isEqualTo(Math.max(0, fills - IN_ROW));
        assertAllAreKnown(fills);
        // One after the other finds the others as they were left.
        for (int i = fills - 1; i >= 0; i--) {
            assertThat(send(fill(i, FIRST_PRICE - 1))).containsExactly("execution_id_reused");
            assertThat(send(fill(i, FIRST_PRICE - 1))).isEmpty();
        }
        assertAllAreKnown(fills);
        for (int i = 0; i < fills; i++) {
            assertThat(send(fill(i, FIRST_PRICE - 1))).isEmpty();
            assertThat(send(fill(i, FIRST_PRICE - 2))).containsExactly("execution_id_reused");
        }
        assertAllAreKnown(fills);
        assertThat(rows().executionRows()).isEqualTo(Math.max(0, fills - IN_ROW));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, IN_ROW, IN_ROW + 1, MANY})
    void fills_that_came_before_their_order(int fills) {
        for (int i = 0; i < fills; i++) {
            assertThat(send(fill(i, FIRST_PRICE))).containsExactly("unknown_order");
        }
        assertAllAreKnown(fills);
        assertThat(send(fill(0, FIRST_PRICE - 1))).containsExactly("execution_id_reused");
        assertThat(rows().rowsWithoutOrder()).isEqualTo(1);
        restart();

        assertThat(place("o1")).hasSize(1 + fills).startsWith("OrderAccepted").contains("FillSettled");
        assertThat(rows().rowsWithoutOrder()).isZero();
        assertAllAreKnown(fills);
        assertThat(send(fill(0, FIRST_PRICE - 1))).isEmpty();
        assertThat(send(fill(fills - 1, FIRST_PRICE - 2))).containsExactly("execution_id_reused");
        assertThat(send(fill(fills, FIRST_PRICE))).containsExactly("FillSettled");
        assertAllAreKnown(fills + 1);
        assertThat(send(fill(fills - 1, FIRST_PRICE - 2))).isEmpty();
        assertThat(reader().order("A1", "o1").getFilledQuantity()).isEqualTo((fills + 1) * QUANTITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    void fills_that_an_operator_resolved(int fills) {
        for (int i = 0; i < fills; i++) {
            assertThat(send(fill(i, FIRST_PRICE))).containsExactly("unknown_order");
        }
        restart();
        for (var fill : reader().suspendedFills("A1", fills)) {
            assertThat(resolve(fill.getSequence(), fill.getSequence() % 2 == 0))
                    .containsExactly(fill.getSequence() % 2 == 0 ? "FillSettled" : "FillDiscarded");
        }

        assertAllAreKnown(fills);
        restart();
        assertThat(place("o1")).containsExactly("OrderAccepted");
        assertAllAreKnown(fills);
        assertThat(send(fill(fills - 1, FIRST_PRICE - 1))).containsExactly("execution_id_reused");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    void fills_of_a_forgotten_order_until_they_are_forgotten_as_well(int fills) {
        fillAndCancel(fills);

        sweptAfter(Duration.ofDays(8));
        assertThat(reader().order("A1", "o1")).isNull();
        assertThat(rows().rowsWithoutOrder()).isEqualTo(1);
        assertAllAreKnown(fills);
        assertThat(send(fill(0, FIRST_PRICE - 1))).containsExactly("execution_id_reused");
        assertAllAreKnown(fills);

        // What is suspended keeps its executions for as long as it waits.
        sweptAfter(Duration.ofDays(100));
        assertThat(send(fill(0, FIRST_PRICE - 1))).isEmpty();
        assertThat(resolve(reader().suspendedFills("A1", 1).getFirst().getSequence(), false))
                .containsExactly("FillDiscarded");
        sweptAfter(Duration.ofDays(29));
        assertThat(send(fill(0, FIRST_PRICE - 1))).isEmpty();
        assertThat(send(fill(0, FIRST_PRICE))).isEmpty();

        sweptAfter(Duration.ofDays(9));
        assertThat(rows().rowsWithoutOrder()).isZero();
        assertThat(rows().executionRows()).isZero();
        assertThat(reader().execution("A1", "o1", "e0")).isNull();
        assertThat(send(fill(0, FIRST_PRICE))).containsExactly("unknown_order");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    void fills_of_a_forgotten_order_under_whose_id_there_is_another(int fills) {
        fillAndCancel(fills);
        sweptAfter(Duration.ofDays(8));
        assertThat(reader().order("A1", "o1")).isNull();

        assertThat(place("o1")).containsExactly("OrderAccepted");
        assertAllAreKnown(fills);
        assertThat(send(fill(fills - 1, FIRST_PRICE - 1))).containsExactly("execution_id_reused");
        assertThat(send(fill(fills, FIRST_PRICE))).containsExactly("FillSettled");
        assertAllAreKnown(fills + 1);
        // It keeps what was known when it was placed for as long as it is open.
        ledger.send(Ask.extend("c" + ++commands, "A1", now, "o1", now.plus(Duration.ofDays(30))), now);
        assertThat(journalled()).hasSize(1);
        sweptAfter(Duration.ofDays(29));
        assertThat(reader().order("A1", "o1").getStatus()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
        assertAllAreKnown(fills + 1);
    }

    @Test
    void an_order_that_was_forgotten_and_not_deleted_leaves_its_fills_to_the_next_one() {
        place("o1");
        send(fill(0, FIRST_PRICE));
        cancel("o1");
        now = now.plus(Duration.ofDays(8));
        passes();

        assertThat(place("o1")).containsExactly("OrderAccepted");
        assertAllAreKnown(1);
        assertThat(reader().order("A1", "o1").getPlacedAt()).isEqualTo(now);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void what_is_decided_is_what_the_ledger_decides_on_rows_that_are_never_deleted(long seed) {
        ledger.close();
        ledger = LedgerTopologyFixture.at(T0).with(NEVER_CAUGHT_UP).start();
        var random = new Random(seed);
        var account = new FoldedAccount("A1");
        var rules = new Ledger(ledger.reference(), LedgerRules.DEFAULT);
        long mostExecutionRows = 0;
        long mostRowsWithoutOrder = 0;
        Map<String, Integer> told = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            now = now.plus(step(random));
            var message = i == 0 ? Ask.open("A1", now) : message(random, account);
            var expected = rules.decide(account, command(message)).entries();
            ledger.send(message, now);
            var entries = ledger.journal();
            assertThat(entries)
                    .as("message %d, %s", i, message)
                    .usingElementComparator(BY_DECISION)
                    .isEqualTo(expected);
            entries.forEach(account::apply);
            entries.forEach(entry -> told.merge(told(entry), 1, Integer::sum));
            if (random.nextBoolean()) {
                ledger.advanceClock(LOOK);
            }
            if (i % 20 == 0) {
                var rows = rows();
                rows.assertAre(List.of(account), LedgerRules.DEFAULT);
                mostExecutionRows = Math.max(mostExecutionRows, rows.executionRows());
                mostRowsWithoutOrder = Math.max(mostRowsWithoutOrder, rows.rowsWithoutOrder());
            }
            if (i % 200 == 0) {
                coldRestart();
            }
        }
        // Nothing of this would mean much if these rows were rare.
        assertThat(mostExecutionRows).isGreaterThan(10);
        assertThat(mostRowsWithoutOrder).isGreaterThan(3);
        assertThat(told).as("%s", told).containsKeys("FillDiscarded", "unknown_order");
        assertThat(told.get("execution_id_reused")).isGreaterThan(50);
        assertThat(told.get("FillSettled")).isGreaterThan(200);
    }

    /** Mostly minutes, now and then days: ids are used again while they are known, half known and forgotten. */
    private static Duration step(Random random) {
        return random.nextInt(40) == 0
                ? Duration.ofHours(random.nextInt(24 * 9))
                : Duration.ofSeconds(random.nextInt(600));
    }

    private SpecificRecord message(Random random, FoldedAccount account) {
        var order = "o" + random.nextInt(6);
        var commandId = "c" + ++commands;
        var suspended = List.copyOf(account.suspendedFills());
        if (!suspended.isEmpty() && random.nextInt(5) == 0) {
            long sequence = suspended.get(random.nextInt(suspended.size())).getSequence();
            return random.nextBoolean()
                    ? Ask.settle(commandId, "A1", now, sequence)
                    : Ask.discard(commandId, "A1", now, sequence);
        }
        return switch (random.nextInt(24)) {
            case 0, 1, 2 -> Ask.buy(order, "A1", now, 30 * QUANTITY, FIRST_PRICE);
            case 3 -> Ask.cancel(commandId, "A1", now, order);
            case 4 -> Ask.extend(commandId, "A1", now, order, now.plus(Duration.ofDays(20)));
            case 5 -> Ask.deposit(commandId, "A1", now, "USD", 100_00);
            default ->
                Ask.bought("e" + random.nextInt(24), order, "A1", now, QUANTITY, FIRST_PRICE - random.nextInt(40) / 38);
        };
    }

    private Command command(SpecificRecord message) {
        return switch (message) {
            case AccountCommand command -> Command.of(command, now, null);
            case BalanceUpdate update -> Command.of(update, now, null);
            case OrderCommand command -> Command.of(command, now, null);
            case Fill fill -> Command.of(fill, now, null);
            default -> throw new IllegalArgumentException("" + message);
        };
    }

    private void assertAllAreKnown(int fills) {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < fills; i++) {
                assertThat(send(fill(i, FIRST_PRICE))).as("fill %d again", i).isEmpty();
            }
            restart();
        }
    }

    private Fill fill(int execution, long price) {
        return Ask.bought("e" + execution, "o1", "A1", now, QUANTITY, price);
    }

    private List<String> place(String orderId) {
        ledger.send(Ask.buy(orderId, "A1", now, 100 * QUANTITY, FIRST_PRICE), now);
        return journalled();
    }

    private void cancel(String orderId) {
        ledger.send(Ask.cancel("c" + ++commands, "A1", now, orderId), now);
        assertThat(journalled()).containsExactly("OrderCancelled");
    }

    private void fillAndCancel(int fills) {
        place("o1");
        for (int i = 0; i < fills; i++) {
            send(fill(i, FIRST_PRICE));
        }
        cancel("o1");
    }

    private List<String> resolve(long sequence, boolean settle) {
        var commandId = "c" + ++commands;
        ledger.send(
                settle ? Ask.settle(commandId, "A1", now, sequence) : Ask.discard(commandId, "A1", now, sequence), now);
        return journalled();
    }

    private List<String> send(Fill fill) {
        ledger.send(fill, now);
        return journalled();
    }

    /** Account time goes on, then the sweeper has looked at everything. */
    private void sweptAfter(Duration time) {
        now = now.plus(time);
        passes();
        ledger.advanceClock(LOOK);
        ledger.advanceClock(LOOK);
        journalled();
    }

    private void passes() {
        ledger.send(Ask.deposit("c" + ++commands, "A1", now, "EUR", 1), now);
        journalled();
    }

    private void restart() {
        coldRestart();
        rows().assertAre(List.of(folded), LedgerRules.DEFAULT);
    }

    /** What is in its store is all that the next one knows. */
    private void coldRestart() {
        ledger = ledger.restart();
        ledger.put(new Asset("USD", 2));
        ledger.put(new Asset("EUR", 2));
        ledger.put(new Asset("ABC", 4));
        ledger.put(new Instrument("ABC-USD", "ABC", "USD", 2, null, null, null));
    }

    private StoredRows rows() {
        return new StoredRows(ledger.store());
    }

    private LedgerReader reader() {
        return ledger.reader();
    }

    /** What was journalled since the last call: kinds of entries, and of a suspended fill the reason. */
    private List<String> journalled() {
        List<String> told = new ArrayList<>();
        for (JournalEntry entry : ledger.journal()) {
            folded.apply(entry);
            told.add(told(entry));
        }
        return told;
    }

    private static JournalEntry unsourced(JournalEntry entry) {
        return JournalEntry.newBuilder(entry)
                .setSource(null)
                .setPreviousHash(Accounts.NO_HASH)
                .setHash(Accounts.NO_HASH)
                .build();
    }

    private static String told(JournalEntry entry) {
        return entry.getBody() instanceof FillSuspended suspended
                ? suspended.getRejection().getReason()
                : JournalFold.kind(entry);
    }
}
