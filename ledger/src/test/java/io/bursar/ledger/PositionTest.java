package io.bursar.ledger;

import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.place;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.sold;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Deposit;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.Side;
import org.junit.jupiter.api.Test;

class PositionTest {
    @Test
    void relieved_cost_is_rounded_down_and_the_last_sale_relieves_all_of_it() {
        Books.of("100.00")
                .then(buy("A", "3", "10.00"), "accepted")
                .then(bought("A", "e1", "1", "3.34"), "settled")
                .then(bought("A", "e2", "2", "3.33"), "settled")
                .position("3 for 10, realised 0, uncovered 0")
                .then(sell("B", "3", "4.00"), "accepted")
                .then(sold("B", "e1", "1", "4.00"), "settled")
                .position("2 for 6.67, realised 0.67, uncovered 0")
                .then(sold("B", "e2", "1", "4.00"), "settled")
                .position("1 for 3.34, realised 1.34, uncovered 0")
                .then(sold("B", "e3", "1", "4.00"), "settled")
                .position("0 for 0, realised 2, uncovered 0");
    }

    @Test
    void more_than_the_position_realises_the_position_s_share_only() {
        Books.of("100.00")
                .then(deposit("2.0000", "ABC"), "accepted")
                .then(buy("A", "1", "10.00"), "accepted")
                .then(bought("A", "e1", "1", "10.00"), "settled")
                .then(place("B", Side.SELL, OrderType.MARKET).setQuantity(30_000L), "accepted")
                .then(sold("B", "e1", "3", "3.67"), "settled")
                // 11.01 for three, 3.67 of it for the one that had cost 10.00
                .position("0 for 0, realised -6.33, uncovered 2")
                .holds("USD", "101.01, reserved 0");
    }

    @Test
    void a_position_survives_being_closed() {
        Books.of("100.00")
                .then(buy("A", "2", "10.00"), "accepted")
                .then(bought("A", "e1", "1", "10.00"), "settled")
                .then(sell("B", "1", "12.00"), "accepted")
                .then(sold("B", "e1", "1", "12.00"), "settled")
                .then(bought("A", "e2", "1", "8.00"), "settled")
                .position("1 for 8, realised 2, uncovered 0");
    }

    @Test
    void positions_and_balances_of_other_instruments_are_looked_up_by_their_own_names() {
        var books = Books.of("100.00")
                .then(buy("A", "2", "10.00"), "accepted")
                .then(bought("A", "e1", "1", "10.00"), "settled");
        var account = books.account.account();

        assertThat(Accounts.position(account, "", "ABC-EUR")).isNull();
        assertThat(Accounts.position(account, "S", "ABC-USD")).isNull();
        assertThat(Accounts.balance(account, "S", "USD")).isNull();
        assertThat(Accounts.available(account, "", "EUR")).isZero();
        assertThat(Accounts.available(account, "", "USD")).isEqualTo(8_000);
    }

    @Test
    void a_deposit_with_a_cost_joins_the_position_of_its_instrument() {
        Books.of("100.00")
                .then(buy("A", "1", "10.00"), "accepted")
                .then(bought("A", "e1", "1", "10.00"), "settled")
                .then(new Deposit("ABC", 10_000L, "ABC-USD", 3_000L), "accepted")
                .position("2 for 40, realised 0, uncovered 0")
                .then(new Deposit("ABC", 10_000L, "ABC-USD", 0L), "accepted")
                .position("3 for 40, realised 0, uncovered 0")
                .holds("ABC", "3, reserved 0");
    }

    @Test
    void cost_and_instrument_come_together_and_fit_the_asset() {
        Books.opened()
                .then(new Deposit("ABC", 1L, "ABC-USD", null), "fields_do_not_fit_deposit")
                .then(new Deposit("ABC", 1L, null, 1L), "fields_do_not_fit_deposit")
                .then(new Deposit("USD", 1L, "ABC-USD", 1L), "fields_do_not_fit_deposit")
                .then(new Deposit("ABC", 1L, "NIL-USD", 1L), "instrument_not_found")
                .then(new Deposit("ABC", 1L, "ABC-NIL", 1L), "asset_not_found")
                .then(new Deposit("ABC", 0L, "ABC-USD", -1L), "amount_must_be_positive, limit 1, given 0")
                .then(new Deposit("ABC", 1L, "ABC-USD", -1L), "cost_must_not_be_negative, limit 0, given -1")
                .then(new Deposit("ABC", 1L, "ABC-USD", Long.MAX_VALUE), "accepted")
                .then(new Deposit("ABC", 1L, "ABC-USD", 1L), "amount_overflows")
                .holds("ABC", "0.0001, reserved 0");
    }
}
