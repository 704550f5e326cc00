package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.JournalFold;
import io.bursar.ledger.LedgerRules;
import io.bursar.processors.JournalReplay;
import io.bursar.processors.StoredRows;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store holds is what the journal tells, whatever has happened. */
class StoredRowsTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    /** Ids that are the beginnings of others. */
    private static final List<String> ACCOUNTS = List.of("A", "A:", "A:1", "A1");

    private static final int COMMANDS = 2_500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rows_equal_the_folded_journal_after_any_sequence_of_commands(long seed, @TempDir Path folder) {
        try (var ledger = LedgerTopologyFixture.at(T0).start()) {
            var flow = new Flow(new Random(seed));
            Map<String, FoldedAccount> folded = new TreeMap<>();
            Map<String, Integer> kinds = new TreeMap<>();
            var journal = new ArrayList<JournalEntry>();
            for (int i = 0; i < COMMANDS; i++) {
                ledger.send(flow.next(), flow.now);
                if (flow.random.nextInt(10) == 0) {
                    ledger.advanceClockTo(flow.now);
                }
                for (var entry : ledger.journal()) {
                    folded.computeIfAbsent(entry.getAccountId(), FoldedAccount::new)
                            .apply(entry);
                    kinds.merge(JournalFold.kind(entry), 1, Integer::sum);
                    journal.add(entry);
                }
                if (i % 100 == 0) {
                    new StoredRows(ledger.store()).assertAre(folded.values(), LedgerRules.DEFAULT);
                }
            }

            new StoredRows(ledger.store()).assertAre(folded.values(), LedgerRules.DEFAULT);
            assertThat(ledger.deadLetters()).isEmpty();
            // Nothing of this would mean much if most was refused.
            assertThat(kinds)
                    .as("%s", kinds)
                    .containsKeys("OrderExtended", "OrderAmended", "FillDiscarded", "FundsWithdrawn", "AccountClosed")
                    .hasEntrySatisfying(
                            "OrderAccepted", count -> assertThat(count).isGreaterThan(150))
                    .hasEntrySatisfying(
                            "OrderExpired", count -> assertThat(count).isGreaterThan(50))
                    .hasEntrySatisfying(
                            "OrderCancelled", count -> assertThat(count).isGreaterThan(20))
                    .hasEntrySatisfying(
                            "FillSettled", count -> assertThat(count).isGreaterThan(50))
                    .hasEntrySatisfying(
                            "FillSuspended", count -> assertThat(count).isGreaterThan(50));
            assertThat(ledger.counted("rows_forgotten_total")).isPositive();
            assertRowsOfReplay(journal, folded.values(), folder);
        }
    }

    private static void assertRowsOfReplay(List<JournalEntry> journal, Collection<FoldedAccount> folded, Path folder) {
        try (var replay = new JournalReplay(folder, LedgerRules.DEFAULT)) {
            journal.forEach(replay::apply);
            var all = StoredRows.of(replay);
            all.assertAre(folded, LedgerRules.DEFAULT);

            replay.forget();
            var left = StoredRows.of(replay);
            left.assertAre(folded, LedgerRules.DEFAULT);
            assertThat(left.size()).isLessThan(all.size());
        }
    }

    @Test
    void an_account_whose_id_begins_like_another_s_has_its_own_rows() {
        try (var ledger = LedgerTopologyFixture.at(T0).start()) {
            for (var account : ACCOUNTS) {
                ledger.send(Ask.open(account, T0));
                ledger.send(Ask.deposit("c1", account, T0, "USD", 100_00));
                ledger.send(Ask.buy("of-" + account, account, T0, 1_0000, 1_00));
                ledger.send(Ask.bought("e1", "unknown", account, T0, 1_0000, 1_00));
            }

            for (var account : ACCOUNTS) {
                assertThat(ledger.reader().openOrders(account, 10))
                        .singleElement()
                        .satisfies(order -> assertThat(order.getOrderId()).isEqualTo("of-" + account));
                assertThat(ledger.reader().suspendedFills(account, 10))
                        .singleElement()
                        .satisfies(fill ->
                                assertThat(fill.getFill().getAccountId()).isEqualTo(account));
            }
        }
    }

    @Test
    void a_fill_waits_for_the_order_it_names_and_for_none_whose_id_begins_like_it() {
        try (var ledger = LedgerTopologyFixture.at(T0).start()) {
            ledger.send(Ask.open("A", T0));
            ledger.send(Ask.deposit("c1", "A", T0, "USD", 100_00));
            ledger.send(Ask.bought("e1", "o1", "A", T0, 1_0000, 1_00));
            ledger.journal();

            ledger.send(Ask.buy("o", "A", T0, 1_0000, 1_00));
            assertThat(ledger.journal()).extracting(JournalFold::kind).containsExactly("OrderAccepted");
            ledger.send(Ask.buy("o1:", "A", T0, 1_0000, 1_00));
            assertThat(ledger.journal()).extracting(JournalFold::kind).containsExactly("OrderAccepted");
            ledger.send(Ask.buy("o1", "A", T0, 1_0000, 1_00));
            assertThat(ledger.journal()).extracting(JournalFold::kind).containsExactly("OrderAccepted", "FillSettled");
        }
    }

    /** Commands that mostly fit what was before. */
    private static final class Flow {
        private final Random random;
        private final List<Placed> placed = new ArrayList<>();
        private Instant now = T0;
        private int commands;

        private record Placed(String account, String orderId) {}

        Flow(Random random) {
            this.random = random;
        }

        SpecificRecord next() {
            commands++;
            now = now.plus(step());
            var account = pick(ACCOUNTS);
            if (commands <= ACCOUNTS.size()) {
                return Ask.open(ACCOUNTS.get(commands - 1), now);
            }
            var order = recentOrder();
            return switch (random.nextInt(24)) {
                case 0, 1, 2 ->
                    Ask.deposit(commandId(), account, when(), random.nextBoolean() ? "USD" : "ABC", amount());
                case 3 -> Ask.withdraw(commandId(), account, when(), "USD", amount() / 10);
                case 4, 5, 6, 7, 8 -> buy(account);
                case 9 -> Ask.sell(newOrderId(account), account, when(), quantity(), price());
                case 10, 11 -> Ask.cancel(commandId(), order.account(), when(), order.orderId());
                case 12 ->
                    Ask.toOrders(
                            commandId(), order.account(), when(), new AmendOrder(order.orderId(), quantity(), price()));
                case 13, 14 ->
                    Ask.extend(commandId(), order.account(), when(), order.orderId(), now.plus(Duration.ofDays(20)));
                case 15, 16, 17, 18 -> fill(order);
                case 19 -> Ask.settle(commandId(), account, when(), random.nextInt(commands));
                case 20, 21 -> Ask.discard(commandId(), account, when(), random.nextInt(commands));
                case 22 -> random.nextBoolean() ? Ask.suspend(commandId(), account, when()) : emptied(account);
                default -> Ask.resume(commandId(), account, when());
            };
        }

        private SpecificRecord emptied(String account) {
            // A few accounts stay without money long enough to be closed.
            return random.nextInt(4) == 0 ? Ask.open(pick(List.of("empty-1", "empty-2")), when()) : close(account);
        }

        private SpecificRecord close(String account) {
            return Ask.close(commandId(), random.nextBoolean() ? account : pick(List.of("empty-1", "empty-2")), when());
        }

        private SpecificRecord buy(String account) {
            var order = Ask.limit(newOrderId(account), Side.BUY, quantity(), price());
            if (random.nextBoolean()) {
                order.setExpiresAt(now.plus(Duration.ofHours(1 + random.nextInt(100))));
            }
            return Ask.place(account, when(), order.build());
        }

        private SpecificRecord fill(Placed order) {
            return Ask.fill(
                            "e" + random.nextInt(200),
                            order.orderId(),
                            order.account(),
                            when(),
                            Side.BUY,
                            quantity() / 2,
                            price())
                    .setFinal$(random.nextInt(4) == 0)
                    .build();
        }

        /** Mostly minutes, now and then days, once in a while weeks. */
        private Duration step() {
            return switch (random.nextInt(100)) {
                case 0 -> Duration.ofDays(random.nextInt(20));
                case 1, 2 -> Duration.ofHours(random.nextInt(100));
                default -> Duration.ofMillis(random.nextInt(1_200_000));
            };
        }

        /** Clocks of producers are not all the same. */
        private Instant when() {
            return now.plusSeconds(random.nextInt(600) - 360);
        }

        private String commandId() {
            return "c" + (random.nextInt(20) == 0 ? random.nextInt(commands) : commands);
        }

        private String newOrderId(String account) {
            var orderId = random.nextInt(20) == 0 ? recentOrder().orderId() : "o" + commands;
            placed.add(new Placed(account, orderId));
            return orderId;
        }

        /** Also one that never was: the fills of some come first, and of others alone. */
        private Placed recentOrder() {
            if (placed.isEmpty() || random.nextInt(10) == 0) {
                return new Placed(pick(ACCOUNTS), "o" + (commands + random.nextInt(10)));
            }
            return placed.get(Math.max(0, placed.size() - 1 - random.nextInt(12)));
        }

        private long quantity() {
            return 1 + random.nextLong(20_000);
        }

        private long price() {
            return 1_00 + random.nextLong(50);
        }

        private long amount() {
            return 1 + random.nextLong(10_000_00);
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
