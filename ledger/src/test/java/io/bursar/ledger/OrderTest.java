package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.amendQuantity;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.extend;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.place;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.spend;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTest {
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    /** All the orders there are; everything else does not fit. */
    private static final Set<String> ORDERS = Set.of(
            "BUY LIMIT quantity limitPrice",
            "BUY LIMIT notional",
            "BUY LIMIT limitPrice notional",
            "BUY LIMIT quantity notional",
            "BUY LIMIT quantity limitPrice notional",
            "BUY MARKET notional",
            "BUY MARKET quantity notional",
            "SELL LIMIT quantity limitPrice",
            "SELL MARKET quantity");

    @Test
    void an_order_has_the_fields_of_its_kind_and_no_others() {
        for (var side : Side.values()) {
            for (var type : OrderType.values()) {
                for (int fields = 0; fields < 8; fields++) {
                    var quantity = (fields & 1) == 0 ? null : 1L;
                    var limitPrice = (fields & 2) == 0 ? null : 1L;
                    var notional = (fields & 4) == 0 ? null : 1L;
                    var name = side + " " + type + (quantity == null ? "" : " quantity")
                            + (limitPrice == null ? "" : " limitPrice") + (notional == null ? "" : " notional");
                    var order = place("A", side, type)
                            .setQuantity(quantity)
                            .setLimitPrice(limitPrice)
                            .setNotional(notional);
                    Books.of("1.00")
                            .then(deposit("1.0000", "ABC"), "accepted")
                            .then(order, ORDERS.contains(name) ? "accepted" : "fields_do_not_fit_order");
                }
            }
        }
    }

    @Test
    void the_first_rule_that_is_broken_is_the_one_that_is_told() {
        var everythingIsWrong = place("A", Side.BUY, OrderType.MARKET)
                .setInstrument("NIL")
                .setQuantity(0L)
                .setLimitPrice(0L)
                .setNotional(0L)
                .setExpiresAt(DAY_0);
        new Books()
                .then(everythingIsWrong, "account_not_found")
                .then(open(0), "accepted")
                .then(everythingIsWrong, "instrument_not_found")
                .then(next(everythingIsWrong, "B").setInstrument("TOK-USD"), "fields_do_not_fit_order")
                .then(
                        next(everythingIsWrong, "C").setType(OrderType.LIMIT),
                        "quantity_must_be_positive, limit 1, given 0")
                .then(next(everythingIsWrong, "D").setQuantity(5L), "price_must_be_positive, limit 1, given 0")
                .then(next(everythingIsWrong, "E").setLimitPrice(3L), "notional_must_be_positive, limit 1, given 0")
                .then(next(everythingIsWrong, "F").setNotional(100L), "price_off_tick, limit 5, given 3")
                .then(next(everythingIsWrong, "G").setLimitPrice(10L), "quantity_off_lot, limit 10, given 5")
                .then(
                        next(everythingIsWrong, "H").setQuantity(20L),
                        "expiry_must_be_in_the_future, limit 1772409600000001, given 1772409600000000")
                .then(
                        next(everythingIsWrong, "I")
                                .setExpiresAt(DAY_0.plus(Duration.ofDays(30)).plus(MICROSECOND)),
                        "expiry_exceeds_30_days, limit 1775001600000000, given 1775001600000001")
                .then(
                        next(everythingIsWrong, "J").setExpiresAt(DAY_0.plus(MICROSECOND)),
                        "insufficient_funds, required 1.00 USD, available 0.00")
                .then(deposit("1.00", "USD"), "accepted")
                .then(next(everythingIsWrong, "K"), "accepted");
    }

    private static PlaceOrder.Builder next(PlaceOrder.Builder order, String orderId) {
        return order.setOrderId(orderId);
    }

    @Test
    void a_buy_reserves_its_notional_and_its_fees_each_rounded_up() {
        new Books()
                .then(open(1_000), "accepted")
                .then(deposit("60.00", "USD"), "accepted")
                .then(buy("A", "0.1429", "350.00"), "accepted")
                // 50.015 → 50.02, and 0.1 % of it: 0.05002 → 0.06
                .order("A", "ACTIVE, filled 0, held 50.08")
                .holds("USD", "60, reserved 50.08");
    }

    @Test
    void a_sell_reserves_its_quantity_and_no_fees() {
        new Books()
                .then(open(1_000), "accepted")
                .then(deposit("2.0000", "ABC"), "accepted")
                .then(sell("A", "1.5", "350.00"), "accepted")
                .order("A", "ACTIVE, filled 0, held 1.5")
                .then(
                        place("B", Side.SELL, OrderType.MARKET).setQuantity(5_001L),
                        "insufficient_position, required 0.5001 ABC, available 0.5000")
                .then(place("C", Side.SELL, OrderType.MARKET).setQuantity(5_000L), "accepted")
                .holds("ABC", "2, reserved 2");
    }

    @Test
    void an_order_uses_the_money_of_its_strategy_only() {
        Books.of("50.00")
                .then(
                        buy("A", "1", "9.00").setStrategy("S"),
                        "insufficient_funds, required 9.00 USD, available 0.00 in strategy S");
    }

    @Test
    void a_reservation_that_no_amount_can_hold_is_refused() {
        new Books()
                .then(open(1_000_000), "accepted")
                .then(buy("A", "900000000000000", "1000000.00"), "amount_overflows")
                // The notional fits, twice of it does not.
                .then(
                        place("B", Side.BUY, OrderType.LIMIT)
                                .setQuantity(10_000L)
                                .setLimitPrice(Long.MAX_VALUE),
                        "amount_overflows");
    }

    @Test
    void an_order_without_a_deadline_gets_seven_days_and_none_gets_more_than_thirty() {
        var books = Books.of("50.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(buy("B", "1", "9.00").setExpiresAt(DAY_0.plus(Duration.ofDays(30))), "accepted");

        assertThat(books.account.order("A").getExpiresAt()).isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
        assertThat(books.account.order("B").getExpiresAt()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
    }

    @Test
    void an_extension_is_measured_from_the_placement_and_from_the_account_s_time() {
        Books.of("50.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .at(Duration.ofDays(5))
                .then(
                        extend("A", Duration.ofDays(5)),
                        "expiry_must_be_in_the_future, limit 1772841600000001, given 1772841600000000")
                .then(extend("A", Duration.ofDays(5).plus(MICROSECOND)), "accepted")
                .then(extend("A", Duration.ofDays(30)), "accepted")
                .then(
                        extend("A", Duration.ofDays(30).plus(MICROSECOND)),
                        "expiry_exceeds_30_days, limit 1775001600000000, given 1775001600000001")
                .at(Duration.ofDays(30))
                .expire("")
                .at(Duration.ofDays(30).plus(MICROSECOND))
                .expire("expired A")
                .then(extend("A", Duration.ofDays(30)), "order_is_closed")
                .then(extend("B", Duration.ofDays(30)), "order_not_found");
    }

    @ParameterizedTest
    @EnumSource(CancelCause.class)
    void a_cancel_releases_the_rest_whoever_cancels(CancelCause cause) {
        var books = Books.of("50.00")
                .then(buy("A", "5", "9.00"), "accepted")
                .then(bought("A", "e1", "2", "8.00"), "settled")
                .holds("USD", "34, reserved 27")
                .then(new CancelOrder("A", cause, "because"), "accepted")
                .holds("USD", "34, reserved 0")
                .order("A", "CANCELLED, filled 2, held 0")
                .then(new CancelOrder("A", cause, "because"), "order_is_closed")
                .then(new CancelOrder("B", cause, null), "order_not_found");

        assertThat(books.account.order("A").getClosedAt()).isEqualTo(DAY_0);
    }

    @Test
    void a_rejected_order_is_remembered_but_cannot_be_touched() {
        var books = Books.opened()
                .then(buy("A", "1", "9.00"), "insufficient_funds, required 9.00 USD, available 0.00")
                .then(cancel("A"), "order_is_closed")
                .then(extend("A", Duration.ofDays(9)), "order_is_closed");

        var order = books.account.order("A");
        assertThat(order.getStatus()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.getRejection().getReason()).isEqualTo("insufficient_funds");
        assertThat(order.getHeld()).isZero();
        assertThat(books.account.account().getOpenOrders()).isZero();
    }

    @Test
    void money_is_released_however_close_the_total_is_to_the_largest_amount() {
        Books.opened()
                .then(new Deposit("WEI", Long.MAX_VALUE, null, null), "accepted")
                .then(
                        place("A", Side.SELL, OrderType.MARKET)
                                .setInstrument("WEI-USD")
                                .setQuantity(5L),
                        "accepted")
                .then(cancel("A"), "accepted")
                .then(
                        place("B", Side.SELL, OrderType.MARKET)
                                .setInstrument("WEI-USD")
                                .setQuantity(5L),
                        "accepted")
                .at(Duration.ofDays(8))
                .expire("expired B")
                .holds("WEI", "9.223372036854775807, reserved 0");
    }

    @Test
    void a_reduce_only_order_and_the_other_open_sells_sell_no_more_than_the_position() {
        Books.of("100.00")
                .then(deposit("10", "ABC"), "accepted")
                .then(buy("A", "4", "10.00"), "accepted")
                .then(sell("R0", "1", "10.00").setReduceOnly(true), "exceeds_position, limit 0, given 10000")
                .then(bought("A", "e1", "4", "10.00"), "settled")
                .then(sell("S", "1", "10.00"), "accepted")
                .then(sell("E", "1", "10.00").setInstrument("ABC-EUR"), "accepted")
                .then(sell("R1", "3.0001", "10.00").setReduceOnly(true), "exceeds_position, limit 40000, given 40001")
                .then(sell("R2", "2", "10.00").setReduceOnly(true), "accepted")
                .then(amendQuantity("R2", "3.0001"), "exceeds_position, limit 40000, given 40001")
                .then(amendQuantity("R2", "3"), "accepted")
                .then(sell("T", "5", "10.00"), "accepted")
                .then(amendQuantity("R2", "2"), "accepted");
    }

    @Test
    void only_a_sell_reduces() {
        Books.of("100.00")
                .then(buy("A", "1", "10.00").setReduceOnly(true), "fields_do_not_fit_order")
                .then(spend("B", "1.00").setReduceOnly(true), "fields_do_not_fit_order");
    }
}
