package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.close;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.discard;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.settle;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.FillSettled;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuspendedFillTest {
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    @Test
    void fills_that_came_before_their_order_are_settled_in_their_order_right_after_it() {
        var books = Books.of("100.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(bought("A", "e2", "3", "9.00"), "suspended: unknown_order")
                .then(bought("A", "e3", "2", "9.01"), "suspended: unknown_order")
                .then(bought("B", "e1", "2", "9.00"), "suspended: unknown_order");

        var decision = books.decide("place", DAY_0, buy("A", "5", "9.00"));

        assertThat(Books.outcome(decision)).isEqualTo("accepted; settled; settled");
        assertThat(decision.answer().sequence()).isEqualTo(7);
        assertThat(decision.entries())
                .extracting(entry -> entry.getCommandId() + " " + entry.getSequence())
                .containsExactly("place 7", "null 8", "null 9");
        assertThat(((FillSettled) decision.entries().get(1).getBody()).getSuspendedSequence())
                .isEqualTo(3);
        books.order("A", "PARTIALLY_FILLED, filled 4, held 9");
        assertThat(books.account.order("A").getSuspendedFills()).isEqualTo(1);
        assertThat(books.account.account().getSuspendedFills()).isEqualTo(2);
        assertThat(books.account.suspendedFills())
                .extracting(fill -> fill.getFill().getOrderId() + " " + fill.getSequence())
                .containsExactly("A 5", "B 6");
    }

    @Test
    void a_fill_that_happened_too_long_before_the_order_waits_for_an_operator() {
        Books.of("100.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(bought("B", "e1", "1", "9.00"), "suspended: unknown_order")
                .at(Duration.ofMinutes(5))
                .then(buy("A", "5", "9.00"), "accepted; settled")
                .at(Duration.ofMinutes(5).plus(MICROSECOND))
                .then(buy("B", "5", "9.00"), "accepted")
                .order("B", "ACTIVE, filled 0, held 45")
                .then(settle(4), "settled")
                .order("B", "PARTIALLY_FILLED, filled 1, held 36");
    }

    @Test
    void a_fill_that_happened_too_long_before_a_known_order_is_not_that_order_s() {
        Books.of("100.00")
                .at(Duration.ofMinutes(5).plus(MICROSECOND))
                .then(buy("A", "5", "9.00"), "accepted")
                .then("", DAY_0, bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then("", DAY_0.plus(MICROSECOND), bought("A", "e2", "1", "9.00"), "settled")
                .then(settle(4), "settled")
                .order("A", "PARTIALLY_FILLED, filled 2, held 27");
    }

    @Test
    void a_fill_of_an_order_that_is_forgotten_is_not_settled_from_another_one_with_its_id() {
        Books.of("100.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(cancel("A"), "accepted")
                .at(Duration.ofDays(8))
                .then(deposit("1.00", "USD"), "accepted")
                .then(buy("A", "1", "9.00"), "accepted")
                .then("", DAY_0, bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .order("A", "ACTIVE, filled 0, held 9");
    }

    @Test
    void orders_that_were_overdue_when_a_waiting_fill_happened_expire_before_it_settles() {
        Books.of("100.00")
                .at(Duration.ofMinutes(3))
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then("b", DAY_0, buy("B", "1", "9.00").setExpiresAt(DAY_0.plus(Duration.ofMinutes(2))), "accepted")
                .then(
                        "place",
                        DAY_0,
                        buy("A", "5", "9.00").setExpiresAt(DAY_0.plus(Duration.ofMinutes(1))),
                        "accepted; expired A; expired B; settled late")
                .order("A", "EXPIRED, filled 1, held 0")
                .order("B", "EXPIRED, filled 0, held 0")
                .holds("USD", "91, reserved 0");
    }

    @Test
    void a_fill_is_known_as_long_as_it_waits_and_thirty_days_longer() {
        var books = Books.of("100.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .at(Duration.ofDays(50))
                .then(deposit("1.00", "USD"), "accepted")
                .then("", DAY_0, bought("A", "e1", "1", "9.00"), "again: accepted")
                .then("", DAY_0, bought("A", "e1", "2", "9.00"), "suspended: execution_id_reused")
                .then(settle(3), "settled")
                .then(discard(5), "discarded")
                .at(Duration.ofDays(80))
                .then(deposit("1.00", "USD"), "accepted")
                .then("", DAY_0, bought("A", "e1", "1", "9.00"), "again: accepted")
                .holds("USD", "93, reserved 0");

        assertThat(books.account.account().getSuspendedFills()).isZero();
    }

    @Test
    void a_waiting_fill_can_fill_its_order_at_once() {
        Books.of("100.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(bought("A", "e2", "1", "9.00"), "suspended: unknown_order")
                .then(buy("A", "1", "9.00"), "accepted; settled")
                .order("A", "FILLED, filled 1, held 0");
    }

    @Test
    void an_order_that_is_refused_leaves_its_fills_suspended() {
        var books = Books.of("8.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(buy("A", "1", "9.00"), "insufficient_funds, required 9.00 USD, available 8.00");

        assertThat(books.account.order("A").getSuspendedFills()).isEqualTo(1);
    }

    @Test
    void an_operator_overrides_limit_and_overfill() {
        Books.of("100.00")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "10.00"), "suspended: worse_than_limit, limit 900, given 1000")
                .then(settle(4), "settled")
                .order("A", "PARTIALLY_FILLED, filled 1, held 8")
                .then(bought("A", "e2", "4", "9.00"), "suspended: overfill, limit 20000, given 50000")
                .then(settle(6), "settled")
                .order("A", "FILLED, filled 5, held 0")
                .holds("USD", "54, reserved 0")
                .position("5 for 46, realised 0, uncovered 0");
    }

    @Test
    void an_operator_settles_a_fill_of_an_unknown_order_from_the_money_of_a_strategy() {
        Books.of("100.00")
                .then(bought("X", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(
                        new ResolveFill(3L, Resolution.SETTLE, "checked", "S"),
                        "insufficient_for_late_fill, required 9.00 USD, available 0.00 in strategy S")
                .then(new ResolveFill(3L, Resolution.SETTLE, "checked", ""), "settled")
                .holds("USD", "91, reserved 0")
                .position("1 for 9, realised 0, uncovered 0");
    }

    @Test
    void an_operator_settles_a_fill_of_a_rejected_order() {
        Books.of("8.00")
                .then(buy("A", "1", "9.00"), "insufficient_funds, required 9.00 USD, available 8.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: order_was_rejected")
                .then(settle(4), "insufficient_for_late_fill, required 9.00 USD, available 8.00")
                .then(deposit("1.00", "USD"), "accepted")
                .then(settle(4), "settled late")
                .holds("USD", "0, reserved 0")
                .holds("ABC", "1, reserved 0");
    }

    @Test
    void an_operator_overrides_neither_money_nor_identity_nor_nonsense() {
        Books.of("9.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(sold("A", "e1", "1", "9.00"), "suspended: wrong_instrument_or_side")
                .then(bought("A", "e1", "1", "9.00"), "suspended: execution_id_reused")
                .then(bought("A", "e2", "0", "9.00"), "suspended: quantity_must_be_positive, limit 1, given 0")
                .then(
                        bought("A", "e3", "1", "9.00").setFee(1),
                        "suspended: insufficient_for_fee, required 0.01 USD, available 0.00")
                .then(settle(4), "wrong_instrument_or_side")
                .then(settle(5), "execution_id_reused")
                .then(settle(6), "quantity_must_be_positive, limit 1, given 0")
                .then(settle(7), "insufficient_for_fee, required 0.01 USD, available 0.00")
                .then(settle(8), "suspended_fill_not_found")
                .order("A", "ACTIVE, filled 0, held 9");
    }

    @Test
    void a_fill_is_resolved_once_and_then_neither_counted_nor_found() {
        var books = Books.of("100.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.01"), "suspended: worse_than_limit, limit 900, given 901")
                .then(bought("A", "e2", "2", "9.00"), "suspended: overfill, limit 10000, given 20000");
        assertThat(books.account.order("A").getSuspendedFills()).isEqualTo(2);

        books.then(discard(4), "discarded")
                .then(discard(4), "suspended_fill_not_found")
                .then(settle(4), "suspended_fill_not_found")
                .then(settle(5), "settled")
                .then(discard(5), "suspended_fill_not_found")
                .holds("USD", "82, reserved 0");
        assertThat(books.account.order("A").getSuspendedFills()).isZero();
        assertThat(books.account.account().getSuspendedFills()).isZero();
    }

    @Test
    void a_discarded_fill_that_is_sent_again_stays_discarded() {
        Books.of("100.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(discard(3), "discarded")
                .then(bought("A", "e1", "1", "9.00"), "again: accepted")
                .then(buy("A", "1", "9.00"), "accepted")
                .order("A", "ACTIVE, filled 0, held 9");
    }

    @Test
    void a_fill_under_a_used_execution_id_is_not_settled_with_its_order() {
        Books.of("100.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(bought("A", "e1", "2", "9.00"), "suspended: execution_id_reused")
                .then(buy("A", "5", "9.00"), "accepted; settled")
                .order("A", "PARTIALLY_FILLED, filled 1, held 36")
                .then(discard(4), "discarded");
    }

    @Test
    void an_order_is_remembered_for_as_long_as_a_fill_of_it_is_suspended() {
        Books.of("100.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.01"), "suspended: worse_than_limit, limit 900, given 901")
                .then(cancel("A"), "accepted")
                .at(Duration.ofDays(100))
                .then(deposit("1.00", "USD"), "accepted")
                .then(cancel("A"), "order_is_closed")
                .then(discard(4), "discarded")
                .then(cancel("A"), "order_not_found");
    }

    @Test
    void suspended_fills_move_no_money_and_hold_the_account_open() {
        Books.of("9.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .holds("USD", "9, reserved 0")
                .then(withdraw("9.00", "USD"), "accepted")
                .then(close(), "suspended_fills_must_be_zero, limit 0, given 1")
                .then(settle(3), "insufficient_for_late_fill, required 9.00 USD, available 0.00")
                .then(discard(3), "discarded")
                .then(close(), "accepted");
    }

    @Test
    void a_sell_that_was_suspended_for_its_money_can_be_settled_when_it_has_come() {
        Books.opened()
                .then(deposit("1.0000", "ABC"), "accepted")
                .then(sell("A", "1", "9.00"), "accepted")
                .then(cancel("A"), "accepted")
                .then(withdraw("1.0000", "ABC"), "accepted")
                .then(
                        sold("A", "e1", "1", "9.00"),
                        "suspended: insufficient_for_late_fill, required 1.0000 ABC, available 0.0000")
                .then(deposit("1.0000", "ABC"), "accepted")
                .then(settle(6), "settled late")
                .order("A", "CANCELLED, filled 1, held 0");
    }
}
