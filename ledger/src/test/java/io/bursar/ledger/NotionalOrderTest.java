package io.bursar.ledger;

import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.spend;

import io.bursar.schemas.OrderType;
import org.junit.jupiter.api.Test;

class NotionalOrderTest {
    @Test
    void it_holds_what_may_be_spent_and_no_fees_on_top() {
        new Books()
                .then(open(1_000), "accepted")
                .then(deposit("100.00", "USD"), "accepted")
                .then(spend("A", "100.01"), "insufficient_funds, required 100.01 USD, available 100.00")
                .then(spend("B", "100.00"), "accepted")
                .order("B", "ACTIVE, filled 0, held 100");
    }

    @Test
    void it_keeps_holding_what_it_may_still_spend_until_the_venue_says_final() {
        Books.of("100.00")
                .then(spend("A", "100.00"), "accepted")
                .then(bought("A", "e1", "2", "33.00").setFee(10), "settled")
                .order("A", "PARTIALLY_FILLED, filled 2, held 33.9")
                .then(bought("A", "e2", "1", "33.00").setFinal$(true), "settled")
                .order("A", "FILLED, filled 3, held 0")
                .holds("USD", "0.9, reserved 0");
    }

    @Test
    void it_is_filled_when_nothing_is_left_to_spend() {
        Books.of("100.00")
                .then(spend("A", "99.00"), "accepted")
                .then(bought("A", "e1", "3", "33.00"), "settled")
                .order("A", "FILLED, filled 3, held 0");
    }

    @Test
    void more_than_may_be_spent_is_an_overfill_however_much_is_available() {
        Books.of("100.00")
                .then(spend("A", "50.00"), "accepted")
                .then(bought("A", "e1", "1", "30.00"), "settled")
                .then(bought("A", "e2", "1", "20.01"), "suspended: overfill, limit 5000, given 5001")
                .then(bought("A", "e3", "1", "20.00").setFee(5), "settled")
                .order("A", "FILLED, filled 2, held 0")
                .holds("USD", "49.95, reserved 0");
    }

    @Test
    void a_cap_on_the_quantity_fills_the_order() {
        Books.of("100.00")
                .then(spend("A", "100.00").setQuantity(20_000L), "accepted")
                .then(bought("A", "e1", "2.0001", "10.00"), "suspended: overfill, limit 20000, given 20001")
                .then(bought("A", "e2", "1", "10.00"), "settled")
                // Without a limit price the second half may cost all that is left.
                .order("A", "PARTIALLY_FILLED, filled 1, held 90")
                .then(bought("A", "e3", "1", "11.00"), "settled")
                .order("A", "FILLED, filled 2, held 0")
                .holds("USD", "79, reserved 0");
    }

    @Test
    void with_a_cap_and_a_limit_only_what_the_rest_can_need_stays_held_after_a_fill() {
        new Books()
                .then(open(10_000), "accepted")
                .then(deposit("100.00", "USD"), "accepted")
                .then(
                        spend("A", "100.00")
                                .setType(OrderType.LIMIT)
                                .setQuantity(40_000L)
                                .setLimitPrice(1_000L),
                        "accepted")
                .order("A", "ACTIVE, filled 0, held 100")
                .then(bought("A", "e1", "1", "10.01"), "suspended: worse_than_limit, limit 1000, given 1001")
                .then(bought("A", "e2", "1", "10.00"), "settled")
                .order("A", "PARTIALLY_FILLED, filled 1, held 30.3");
    }

    @Test
    void a_cap_and_a_limit_beyond_all_amounts_hold_what_may_be_spent() {
        Books.of("100.00")
                .then(
                        spend("A", "100.00")
                                .setType(OrderType.LIMIT)
                                .setQuantity(Long.MAX_VALUE)
                                .setLimitPrice(Long.MAX_VALUE),
                        "accepted")
                .then(bought("A", "e1", "1", "10.00"), "settled")
                .order("A", "PARTIALLY_FILLED, filled 1, held 90");
    }
}
