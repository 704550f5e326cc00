package io.bursar.ledger;

import static io.bursar.ledger.Books.allocate;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.close;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.suspend;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Posting;
import org.junit.jupiter.api.Test;

class StrategyTest {
    @Test
    void a_strategy_gets_available_money_and_gives_back_what_its_orders_leave() {
        Books.of("100.00")
                .then(allocate("S", "60.00", "USD"), "accepted")
                .holds("USD", "40, reserved 0")
                .holds("S", "USD", "60, reserved 0")
                .then(buy("A", "5", "10.00").setStrategy("S"), "accepted")
                .then(
                        allocate("S", "-20.00", "USD"),
                        "insufficient_funds, required 20.00 USD, available 10.00 in strategy S")
                .then(allocate("S", "-10.00", "USD"), "accepted")
                .then(allocate("S", "50.01", "USD"), "insufficient_funds, required 50.01 USD, available 50.00")
                .holds("USD", "50, reserved 0")
                .holds("S", "USD", "50, reserved 50");
    }

    @Test
    void allocating_moves_money_between_the_two_and_nowhere_else() {
        var entry = Books.of("1.00")
                .decide("a", Books.DAY_0, allocate("S", "1.00", "USD"))
                .entries()
                .getFirst();

        assertThat(entry.getPostings())
                .containsExactly(
                        new Posting(LedgerAccount.AVAILABLE, "", "USD", 2, -100L),
                        new Posting(LedgerAccount.AVAILABLE, "S", "USD", 2, 100L));
    }

    @Test
    void an_amount_is_not_zero_and_of_a_known_asset() {
        Books.of("1.00")
                .then(allocate("S", "0.00", "USD"), "amount_must_be_positive, limit 1, given 0")
                .then(new AllocateFunds("S", "NIL", 1L), "asset_not_found")
                .then(new AllocateFunds("S", "USD", Long.MIN_VALUE), "amount_overflows");
    }

    @Test
    void an_order_reserves_settles_and_keeps_its_position_in_its_strategy() {
        Books.of("100.00")
                .then(allocate("S", "60.00", "USD"), "accepted")
                .then(
                        buy("A", "7", "10.00").setStrategy("S"),
                        "insufficient_funds, required 70.00 USD, available 60.00 in strategy S")
                .then(buy("B", "4", "10.00").setStrategy("S"), "accepted")
                .then(bought("B", "e1", "4", "9.00"), "settled")
                .holds("USD", "40, reserved 0")
                .holds("S", "USD", "24, reserved 0")
                .holds("S", "ABC", "4, reserved 0")
                .holds("ABC", "nothing")
                .position("S", "4 for 36, realised 0, uncovered 0")
                .then(sell("C", "1", "9.00"), "insufficient_position, required 1.0000 ABC, available 0.0000")
                .then(sell("D", "4", "9.00").setStrategy("S"), "accepted")
                .then(sold("D", "e1", "4", "10.00"), "settled")
                .position("S", "0 for 0, realised 4, uncovered 0")
                .holds("S", "USD", "64, reserved 0");
    }

    @Test
    void a_strategy_that_was_never_given_anything_has_nothing() {
        Books.of("100.00")
                .then(
                        buy("A", "1", "10.00").setStrategy("S"),
                        "insufficient_funds, required 10.00 USD, available 0.00 in strategy S");
    }

    @Test
    void a_suspended_account_can_bring_its_money_together_and_close() {
        Books.of("10.00")
                .then(allocate("S", "10.00", "USD"), "accepted")
                .then(buy("A", "1", "10.00").setStrategy("S"), "accepted")
                .then(cancel("A"), "accepted")
                .then(close(), "balance_must_be_zero, required 0.00 USD, available 10.00 in strategy S")
                .then(suspend(), "accepted")
                .then(allocate("S", "-10.00", "USD"), "accepted")
                .then(withdraw("10.00", "USD"), "account_is_suspended");
    }
}
