package io.bursar.ledger;

import static io.bursar.ledger.Books.adjust;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.suspend;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Adjust;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Posting;
import io.bursar.schemas.Withdraw;
import org.junit.jupiter.api.Test;

class FundsTest {
    @Test
    void money_comes_from_outside_and_goes_back_there() {
        Books.opened()
                .then(deposit("10.00", "USD"), "accepted")
                .holds("USD", "10, reserved 0")
                .then(withdraw("10.01", "USD"), "insufficient_funds, required 10.01 USD, available 10.00")
                .then(withdraw("10.00", "USD"), "accepted")
                .holds("USD", "0, reserved 0")
                .then(withdraw("0.01", "USD"), "insufficient_funds, required 0.01 USD, available 0.00");
    }

    @Test
    void an_adjustment_goes_both_ways_and_is_not_zero() {
        Books.opened()
                .then(adjust("10.00", "USD"), "accepted")
                .then(adjust("-4.00", "USD"), "accepted")
                .then(adjust("0.00", "USD"), "amount_must_be_positive, limit 1, given 0")
                .then(adjust("-6.01", "USD"), "insufficient_funds, required 6.01 USD, available 6.00")
                .holds("USD", "6, reserved 0");
    }

    @Test
    void what_is_reserved_can_be_neither_withdrawn_nor_adjusted_away() {
        Books.of("10.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(withdraw("1.01", "USD"), "insufficient_funds, required 1.01 USD, available 1.00")
                .then(adjust("-1.01", "USD"), "insufficient_funds, required 1.01 USD, available 1.00")
                .then(withdraw("1.00", "USD"), "accepted")
                .holds("USD", "9, reserved 9");
    }

    @Test
    void a_suspended_account_takes_money_in_but_gives_none_away() {
        Books.of("10.00")
                .then(suspend(), "accepted")
                .then(deposit("1.00", "USD"), "accepted")
                .then(adjust("-2.00", "USD"), "accepted")
                .then(withdraw("1.00", "USD"), "account_is_suspended")
                .holds("USD", "9, reserved 0");
    }

    @Test
    void amounts_are_positive_and_of_a_known_asset() {
        Books.opened()
                .then(deposit("-0.01", "USD"), "amount_must_be_positive, limit 1, given -1")
                .then(withdraw("0.00", "USD"), "amount_must_be_positive, limit 1, given 0")
                .then(new Deposit("NIL", 0L, null, null), "asset_not_found")
                .then(new Withdraw("NIL", 0L), "asset_not_found")
                .then(new Adjust("NIL", 0L, "count"), "asset_not_found");
    }

    @Test
    void sums_that_do_not_fit_are_refused_and_change_nothing() {
        Books.opened()
                .then(new Adjust("TOK", Long.MIN_VALUE, "count"), "amount_overflows")
                .then(new Deposit("TOK", Long.MAX_VALUE, null, null), "accepted")
                .then(new Adjust("TOK", 1L, "count"), "amount_overflows")
                .then(new Deposit("TOK", Long.MAX_VALUE, null, null), "amount_overflows")
                .then(new Adjust("TOK", -Long.MAX_VALUE, "count"), "accepted")
                .holds("TOK", "0, reserved 0");
    }

    @Test
    void every_movement_says_where_the_money_comes_from() {
        var books = Books.opened();

        var deposited = books.decide("d", Books.DAY_0, deposit("3.00", "USD"));
        assertThat(deposited.entries().getFirst().getPostings())
                .containsExactly(posting(LedgerAccount.EXTERNAL, -300), posting(LedgerAccount.AVAILABLE, 300));

        var adjusted = books.decide("a", Books.DAY_0, adjust("-1.00", "USD"));
        assertThat(adjusted.entries().getFirst().getPostings())
                .containsExactly(posting(LedgerAccount.ADJUSTMENT, 100), posting(LedgerAccount.AVAILABLE, -100));

        var withdrawn = books.decide("w", Books.DAY_0, withdraw("2.00", "USD"));
        assertThat(withdrawn.entries().getFirst().getPostings())
                .containsExactly(posting(LedgerAccount.AVAILABLE, -200), posting(LedgerAccount.EXTERNAL, 200));
    }

    private static Posting posting(LedgerAccount ledgerAccount, long amount) {
        return new Posting(ledgerAccount, "", "USD", 2, amount);
    }
}
