package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.openFifo;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.units;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Deposit;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FifoTest {
    @Test
    void the_oldest_lots_go_first() {
        Books books = bought100And200()
                .then(sell("S", "2", "100.00"), "accepted")
                .then(sold("S", "e1", "1", "150.00"), "settled")
                .position("1 for 200, realised 50, uncovered 0")
                .then(sold("S", "e2", "1", "250.00"), "settled")
                .position("0 for 0, realised 100, uncovered 0");

        assertThat(books.account.lots()).isEmpty();
    }

    @Test
    void a_lot_is_sold_in_part_and_the_cost_of_a_part_is_rounded_down() {
        var books = opened().then(buy("A", "3", "1.00"), "accepted")
                .then(bought("A", "e1", "3", "0.67"), "settled")
                .then(sell("S", "3", "0.01"), "accepted")
                .then(sold("S", "e1", "1", "1.00"), "settled")
                .position("2 for 1.34, realised 0.33, uncovered 0")
                .then(sold("S", "e2", "0.5", "1.00"), "settled")
                .position("1.5 for 1.01, realised 0.5, uncovered 0");

        assertThat(books.account.lots()).containsExactly(new Lot("", "ABC-USD", 0L, 15_000L, 101L));
    }

    @Test
    void a_sale_across_lots_relieves_each() {
        bought100And200()
                .then(buy("C", "1", "300.00"), "accepted")
                .then(bought("C", "e1", "1", "300.00"), "settled")
                .then(sell("S", "3", "1.00"), "accepted")
                .then(sold("S", "e1", "2.5", "400.00"), "settled")
                .position("0.5 for 150, realised 550, uncovered 0")
                .then(sold("S", "e2", "0.5", "300.00"), "settled")
                .position("0 for 0, realised 550, uncovered 0");
    }

    @Test
    void what_has_no_lot_is_uncovered() {
        bought100And200()
                .then(deposit("3", "ABC"), "accepted")
                .then(sell("S", "4", "100.00"), "accepted")
                .then(sold("S", "e1", "4", "100.00"), "settled")
                .position("0 for 0, realised -100, uncovered 2");
    }

    @Test
    void what_came_with_a_cost_is_a_lot() {
        opened().then(new Deposit("ABC", units("1", "ABC"), "ABC-USD", 5_000L), "accepted")
                .then(buy("A", "1", "70.00"), "accepted")
                .then(bought("A", "e1", "1", "70.00"), "settled")
                .position("2 for 120, realised 0, uncovered 0")
                .then(sell("S", "1", "1.00"), "accepted")
                .then(sold("S", "e1", "1", "60.00"), "settled")
                .position("1 for 70, realised 10, uncovered 0");
    }

    /** The fee takes all that the fill brings: there is no lot, and the cost goes with the position. */
    @Test
    void a_fill_of_which_nothing_arrives_makes_no_lot() {
        var books = opened().then(deposit("1", "ABC"), "accepted")
                .then(buy("A", "1", "10.00"), "accepted")
                .then(bought("A", "e1", "1", "10.00").setFee(10_000L).setFeeAsset("ABC"), "settled")
                .position("0 for 10, realised 0, uncovered 0");

        assertThat(books.account.lots()).isEmpty();
    }

    @Test
    void of_ten_thousand_lots_a_sale_reads_those_that_it_takes() {
        var books = opened();
        for (int i = 0; i < 10_000; i++) {
            var cost = new Deposit("ABC", 10_000L, "ABC-USD", 100L + i);
            books.decide("d" + i, DAY_0, cost);
        }
        books.then(sell("S", "9000", "1.00"), "accepted");
        assertThat(books.account.lots()).hasSize(10_000);
        var counted = new CountedLots(books.account);
        var ledger = new Ledger(books.reference, LedgerRules.DEFAULT);

        var three = ledger.decide(counted, books.command(null, DAY_0, sold("S", "e1", "2.5", "1.00")));

        assertThat(three.entries().getFirst().getLot()).isEqualTo(new Lot("", "ABC-USD", 2L, 5_000L, 51L));
        assertThat(counted.reads).isEqualTo(3);
        assertThat(lotsWritten(three)).isEqualTo(3);
    }

    private static int lotsWritten(Decision decision) {
        var sink = new AccountInMemory(Books.ACCOUNT) {
            private int written;

            @Override
            public void put(Lot lot) {
                written++;
            }
        };
        decision.writeRows(sink);
        return sink.written;
    }

    private static Books opened() {
        return new Books().then(openFifo(), "accepted").then(deposit("10000.00", "USD"), "accepted");
    }

    private static Books bought100And200() {
        return opened().then(buy("A", "1", "100.00"), "accepted")
                .then(bought("A", "e1", "1", "100.00"), "settled")
                .then(buy("B", "1", "200.00"), "accepted")
                .then(bought("B", "e1", "1", "200.00"), "settled")
                .position("2 for 300, realised 0, uncovered 0");
    }

    /** An account that counts how often its lots are asked for. */
    private static final class CountedLots implements AccountRows {
        private final AccountRows rows;
        private int reads;

        CountedLots(AccountRows rows) {
            this.rows = rows;
        }

        @Override
        public Lot lot(String strategy, String instrument, long number) {
            reads++;
            return rows.lot(strategy, instrument, number);
        }

        @Override
        public AccountState account() {
            return rows.account();
        }

        @Override
        public Order order(String orderId) {
            return rows.order(orderId);
        }

        @Override
        public Execution execution(String orderId, String executionId) {
            return rows.execution(orderId, executionId);
        }

        @Override
        public CommandRecord command(String commandId) {
            return rows.command(commandId);
        }

        @Override
        public SuspendedFill suspendedFill(long sequence) {
            return rows.suspendedFill(sequence);
        }

        @Override
        public List<SuspendedFill> suspendedFillsOf(String orderId) {
            return rows.suspendedFillsOf(orderId);
        }

        @Override
        public StrategyQuota quota(String strategy) {
            return rows.quota(strategy);
        }

        @Override
        public TransferOnItsWay transfer(String transferId) {
            return rows.transfer(transferId);
        }

        @Override
        public List<Order> overdueOrders(Instant time, int atMost) {
            return rows.overdueOrders(time, atMost);
        }
    }
}
