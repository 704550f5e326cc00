package io.bursar.ledger;

import static io.bursar.ledger.Books.amendPrice;
import static io.bursar.ledger.Books.amendQuantity;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.place;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.spend;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.Side;
import org.junit.jupiter.api.Test;

class AmendmentTest {
    @Test
    void the_reservation_follows_quantity_and_price_in_both_directions() {
        new Books()
                .then(open(10_000), "accepted")
                .then(deposit("100.00", "USD"), "accepted")
                .then(buy("A", "5", "10.00"), "accepted")
                .order("A", "ACTIVE, filled 0, held 50.5")
                .then(amendQuantity("A", "8"), "accepted")
                .order("A", "ACTIVE, filled 0, held 80.8")
                .then(amendPrice("A", "2.00"), "accepted")
                .order("A", "ACTIVE, filled 0, held 16.16")
                .then(new AmendOrder("A", 10_000L, 300L), "accepted")
                .order("A", "ACTIVE, filled 0, held 3.03")
                .holds("USD", "100, reserved 3.03");
    }

    @Test
    void an_amendment_that_cannot_be_paid_changes_nothing() {
        var books = Books.of("50.00").then(buy("A", "5", "9.00"), "accepted");
        var before = books.account.order("A");

        books.then(amendQuantity("A", "6"), "insufficient_funds, required 9.00 USD, available 5.00")
                .then(amendPrice("A", "10.01"), "insufficient_funds, required 5.05 USD, available 5.00")
                .holds("USD", "50, reserved 45");

        assertThat(books.account.order("A")).isEqualTo(before);
    }

    @Test
    void a_sell_reserves_more_or_less_of_the_base_asset() {
        Books.opened()
                .then(deposit("5.0000", "ABC"), "accepted")
                .then(sell("A", "4", "9.00"), "accepted")
                .then(sold("A", "e1", "1", "9.00"), "settled")
                .then(amendQuantity("A", "5"), "accepted")
                .order("A", "PARTIALLY_FILLED, filled 1, held 4")
                .then(amendQuantity("A", "6"), "insufficient_position, required 1.0000 ABC, available 0.0000")
                .then(amendQuantity("A", "2"), "accepted")
                .holds("ABC", "4, reserved 1");
    }

    @Test
    void down_to_what_is_filled_closes_the_order_and_further_is_refused() {
        Books.of("50.00")
                .then(buy("A", "5", "9.00"), "accepted")
                .then(bought("A", "e1", "2", "9.00"), "settled")
                .then(amendQuantity("A", "1.9999"), "quantity_below_filled, limit 20000, given 19999")
                .then(amendQuantity("A", "2"), "accepted")
                .order("A", "FILLED, filled 2, held 0")
                .holds("USD", "32, reserved 0")
                .then(amendQuantity("A", "5"), "order_is_closed");
    }

    @Test
    void a_fill_within_the_largest_quantity_settles_after_the_order_was_made_smaller() {
        Books.of("50.00")
                .then(buy("A", "5", "9.00"), "accepted")
                .then(amendQuantity("A", "3"), "accepted")
                .holds("USD", "50, reserved 27")
                .then(bought("A", "e1", "5.0001", "9.00"), "suspended: overfill, limit 50000, given 50001")
                .then(bought("A", "e2", "5", "9.00"), "settled")
                .order("A", "FILLED, filled 5, held 0")
                .holds("USD", "5, reserved 0");
    }

    @Test
    void a_fill_at_the_loosest_limit_settles_after_the_price_was_amended() {
        Books.of("50.00")
                .then(deposit("5.0000", "ABC"), "accepted")
                .then(buy("A", "5", "9.00"), "accepted")
                .then(amendPrice("A", "8.00"), "accepted")
                .then(bought("A", "e1", "1", "9.01"), "suspended: worse_than_limit, limit 900, given 901")
                .then(bought("A", "e2", "1", "9.00"), "settled")
                // 9.00 left the 40.00 held; the rest of 4 at 8.00 can need no more than 31.00 anyhow.
                .order("A", "PARTIALLY_FILLED, filled 1, held 31")
                .then(sell("B", "5", "7.00"), "accepted")
                .then(amendPrice("B", "8.00"), "accepted")
                .then(sold("B", "e1", "1", "6.99"), "suspended: worse_than_limit, limit 700, given 699")
                .then(sold("B", "e2", "1", "7.00"), "settled");
    }

    @Test
    void an_amendment_tops_up_what_fees_have_taken() {
        Books.of("50.00")
                .then(buy("A", "4", "10.00"), "accepted")
                .then(bought("A", "e1", "2", "10.00").setFee(100), "settled")
                .order("A", "PARTIALLY_FILLED, filled 2, held 19")
                .then(amendPrice("A", "10.00"), "accepted")
                .order("A", "PARTIALLY_FILLED, filled 2, held 20");
    }

    @Test
    void only_limit_orders_by_quantity_can_be_amended_and_something_must_change() {
        Books.of("50.00")
                .then(deposit("5.0000", "ABC"), "accepted")
                .then(spend("A", "9.00"), "accepted")
                .then(spend("B", "9.00").setType(OrderType.LIMIT).setLimitPrice(900L), "accepted")
                .then(place("C", Side.SELL, OrderType.MARKET).setQuantity(1L), "accepted")
                .then(buy("D", "1", "9.00"), "accepted")
                .then(amendQuantity("A", "1"), "order_cannot_be_amended")
                .then(amendPrice("B", "8.00"), "order_cannot_be_amended")
                .then(amendQuantity("C", "1"), "order_cannot_be_amended")
                .then(new AmendOrder("D", null, null), "fields_do_not_fit_order")
                .then(amendQuantity("E", "1"), "order_not_found");
    }

    @Test
    void amended_values_are_checked_like_those_of_a_new_order() {
        Books.of("50.00")
                .then(buy("A", "0.0010", "4.00").setInstrument("TOK-USD"), "accepted")
                .then(new AmendOrder("A", 0L, null), "quantity_must_be_positive, limit 1, given 0")
                .then(new AmendOrder("A", null, -5L), "price_must_be_positive, limit 1, given -5")
                .then(new AmendOrder("A", null, 901L), "price_off_tick, limit 5, given 901")
                .then(new AmendOrder("A", 15L, null), "quantity_off_lot, limit 10, given 15")
                .then(new AmendOrder("A", Long.MAX_VALUE / 10 * 10, 900L), "amount_overflows")
                .then(new AmendOrder("A", 20L, 200L), "accepted");
    }

    @Test
    void an_instrument_that_is_not_known_yet_is_told_and_may_be_tried_again() {
        var books = Books.of("50.00").then(buy("A", "1", "9.00"), "accepted");
        books.reference.forget("ABC-USD");
        books.then("again", amendQuantity("A", "2"), "instrument_not_found");

        books.reference.instrument("ABC-USD", 2);
        books.then("again", amendQuantity("A", "2"), "accepted");
    }
}
