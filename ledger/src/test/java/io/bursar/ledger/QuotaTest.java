package io.bursar.ledger;

import static io.bursar.ledger.Books.allocate;
import static io.bursar.ledger.Books.amendPrice;
import static io.bursar.ledger.Books.amendQuantity;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.limits;
import static io.bursar.ledger.Books.most;
import static io.bursar.ledger.Books.place;
import static io.bursar.ledger.Books.quota;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.spend;
import static io.bursar.ledger.Books.units;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaTest {
    @Test
    void as_many_orders_may_be_open_as_the_limit_says() {
        Books.of("1000.00")
                .then(buy("A", "1", "10.00"), "accepted")
                .then(limits(most().setMaxOpenOrders(2)), "accepted")
                .then(buy("B", "1", "10.00"), "accepted")
                .then(buy("C", "1", "10.00"), "exceeds_open_orders, limit 2, given 3")
                .then(cancel("A"), "accepted")
                .then(buy("D", "1", "10.00"), "accepted");
    }

    @Test
    void closing_an_order_gives_nothing_back_of_the_day() {
        Books.of("1000.00")
                .then(limits(most().setMaxOrdersPerDay(2)), "accepted")
                .then(buy("A", "1", "10.00"), "accepted")
                .then(cancel("A"), "accepted")
                .then(buy("B", "1", "2000.00"), "insufficient_funds, required 2000.00 USD, available 1000.00")
                .then(buy("C", "1", "10.00"), "accepted")
                .then(buy("D", "1", "10.00"), "exceeds_orders_per_day, limit 2, given 3")
                .at(Duration.ofDays(1).minusNanos(1000))
                .then(buy("E", "1", "10.00"), "exceeds_orders_per_day, limit 2, given 3")
                .at(Duration.ofDays(1))
                .then(buy("F", "1", "10.00"), "accepted");
    }

    @Test
    void the_notional_of_a_day_counts_orders_and_what_amendments_add() {
        Books.of("1000.00")
                .then(limits(ofDay("100.00")), "accepted")
                .then(buy("A", "4", "10.00"), "accepted")
                .then(amendQuantity("A", "5"), "accepted")
                .then(amendPrice("A", "8.00"), "accepted")
                .then(spend("B", "50.01"), "exceeds_notional_per_day, limit 10000, given 10001")
                .then(spend("C", "50.00"), "accepted")
                .then(amendPrice("A", "8.01"), "exceeds_notional_per_day, limit 10000, given 10005")
                .then(amendQuantity("A", "4"), "accepted")
                .at(Duration.ofDays(1))
                .then(buy("D", "10", "10.00"), "accepted");
    }

    @Test
    void a_sale_at_the_market_counts_as_it_fills() {
        Books.of("100.00")
                .then(deposit("10", "ABC"), "accepted")
                .then(limits(ofDay("100.00")), "accepted")
                .then(place("A", Side.SELL, OrderType.MARKET).setQuantity(units("10", "ABC")), "accepted")
                .then(sold("A", "e1", "3", "20.00"), "settled")
                .then(spend("B", "40.01"), "exceeds_notional_per_day, limit 10000, given 10001")
                .then(spend("C", "40.00"), "accepted")
                .then(sold("A", "e2", "7", "20.00"), "settled");
    }

    @Test
    void an_order_is_worth_no_more_than_the_limit_in_its_quote_asset() {
        Books.of("1000.00")
                .then(limits(most().setMaxOrderNotional(List.of(new NotionalLimit("USD", 5_000L)))), "accepted")
                .then(buy("A", "5", "10.00"), "accepted")
                .then(buy("B", "5", "10.01"), "exceeds_order_notional, limit 5000, given 5005")
                .then(amendPrice("A", "10.01"), "exceeds_order_notional, limit 5000, given 5005")
                .then(deposit("100.00", "EUR"), "accepted")
                .then(buy("C", "10", "10.00").setInstrument("ABC-EUR"), "accepted");
    }

    /** The position of 8 and what open BUYs can still buy; open SELLs never offset it. */
    @Test
    void what_can_be_bought_counts_towards_the_position() {
        Books.of("1000.00")
                .then(buy("A", "8", "10.00"), "accepted")
                .then(bought("A", "e1", "8", "10.00"), "settled")
                .then(limits(position("10")), "accepted")
                .then(buy("B", "2.0001", "10.00"), "exceeds_position_limit, limit 100000, given 100001")
                .then(sell("S", "8", "20.00"), "accepted")
                .then(buy("B2", "2.0001", "10.00"), "exceeds_position_limit, limit 100000, given 100001")
                .then(buy("C", "2", "10.00"), "accepted")
                .then(buy("D", "0.0001", "10.00"), "exceeds_position_limit, limit 100000, given 100001")
                .then(amendQuantity("C", "2.0001"), "exceeds_position_limit, limit 100000, given 100001")
                .then(bought("C", "e1", "1", "10.00"), "settled")
                .then(cancel("C"), "accepted")
                .then(buy("E", "1", "10.00"), "accepted");
    }

    @Test
    void a_buy_by_notional_says_how_much_it_buys_where_the_position_is_limited() {
        Books.of("1000.00")
                .then(limits(position("10")), "accepted")
                .then(spend("A", "10.00"), "fields_do_not_fit_order")
                .then(
                        spend("B", "10.00").setQuantity(units("10.0001", "ABC")),
                        "exceeds_position_limit, limit 100000, given 100001")
                .then(spend("C", "10.00").setQuantity(units("10", "ABC")), "accepted");
    }

    @Test
    void a_strategy_has_a_quota_of_its_own_and_the_account_limits_them_all() {
        Books.of("1000.00")
                .then(allocate("S", "500.00", "USD"), "accepted")
                .then(quota("S", most().setMaxOpenOrders(1)), "accepted")
                .then(limits(most().setMaxOpenOrders(2)), "accepted")
                .then(buy("A", "1", "10.00").setStrategy("S"), "accepted")
                .then(buy("B", "1", "10.00").setStrategy("S"), "exceeds_open_orders, limit 1, given 2 in strategy S")
                .then(buy("C", "1", "10.00"), "accepted")
                .then(buy("D", "1", "10.00"), "exceeds_open_orders, limit 2, given 3");
    }

    @Test
    void the_position_of_the_account_is_that_of_all_its_strategies() {
        Books.of("1000.00")
                .then(allocate("S", "500.00", "USD"), "accepted")
                .then(buy("A", "6", "10.00").setStrategy("S"), "accepted")
                .then(bought("A", "e1", "6", "10.00"), "settled")
                .then(limits(position("10")), "accepted")
                .then(buy("B", "4.0001", "10.00"), "exceeds_position_limit, limit 100000, given 100001")
                .then(quota("S", position("7")), "accepted")
                .then(
                        buy("C", "1.0001", "10.00").setStrategy("S"),
                        "exceeds_position_limit, limit 70000, given 70001 in strategy S")
                .then(buy("D", "4", "10.00"), "accepted");
    }

    @Test
    void setting_replaces_everything_but_what_was_counted_of_the_day() {
        var books = Books.of("1000.00")
                .then(limits(most().setMaxOrdersPerDay(1).setMaxOpenOrders(5)), "accepted")
                .then(buy("A", "1", "10.00"), "accepted")
                .then(limits(most().setMaxOrdersPerDay(2)), "accepted")
                .then(buy("B", "1", "10.00"), "accepted")
                .then(buy("C", "1", "10.00"), "exceeds_orders_per_day, limit 2, given 3")
                .then(limits(most()), "accepted")
                .then(buy("D", "1", "10.00"), "accepted");

        assertThat(books.account.account().getQuotas()).isZero();
    }

    @Test
    void limits_are_not_negative_and_of_something_that_there_is() {
        Books.opened()
                .then(limits(most().setMaxOpenOrders(-1)), "limit_must_not_be_negative, limit 0, given -1")
                .then(limits(most().setMaxOrdersPerDay(-2)), "limit_must_not_be_negative, limit 0, given -2")
                .then(quota("S", ofDay("-0.01")), "limit_must_not_be_negative, limit 0, given -1")
                .then(limits(position("-0.0001")), "limit_must_not_be_negative, limit 0, given -1")
                .then(limits(most().setMaxOrderNotional(List.of(new NotionalLimit("NIL", 1L)))), "asset_not_found")
                .then(limits(most().setMaxPosition(List.of(new PositionLimit("NIL", 1L)))), "instrument_not_found")
                .then(limits(most().setMaxOpenOrders(0)), "accepted")
                .then(buy("A", "1", "10.00"), "exceeds_open_orders, limit 0, given 1");
    }

    @Test
    void an_order_too_large_for_any_notional_is_larger_than_any_limit() {
        Books.opened()
                .then(deposit("900000000000000", "ABC"), "accepted")
                .then(limits(most().setMaxOrderNotional(List.of(new NotionalLimit("USD", 5_000L)))), "accepted")
                .then(
                        sell("A", "900000000000000", "9999.00"),
                        "exceeds_order_notional, limit 5000, given 9223372036854775807");
    }

    @Test
    void what_open_orders_can_buy_has_to_fit_where_it_counts() {
        Books.of("1000.00")
                .then(spend("A", "10.00").setQuantity(Long.MAX_VALUE), "accepted")
                .then(limits(position("1")), "accepted")
                .then(limits(most()), "accepted")
                .then(spend("B", "10.00").setQuantity(1L), "accepted")
                .then(limits(position("1")), "amount_overflows")
                .then(cancel("A"), "accepted")
                .then(limits(position("1")), "accepted");
    }

    @Test
    void the_notional_of_an_order_is_asked_before_the_number_of_open_ones() {
        var account = Books.of("1000.00").then(buy("A", "1", "10.00"), "accepted");
        var order = account.account.order("A");
        assertThat(Quotas.checkNew(account.account, order, Books.DAY_0, 1).getReason())
                .isEqualTo("exceeds_open_orders");
        assertThat(Quotas.checkNew(account.account, order, Books.DAY_0, 2)).isNull();

        account.then(
                limits(most().setMaxOrderNotional(List.of(new NotionalLimit("USD", 999L)))
                        .setMaxOpenOrders(1)),
                "accepted");
        assertThat(Quotas.checkNew(account.account, order, Books.DAY_0, 1).getReason())
                .isEqualTo("exceeds_order_notional");
    }

    private static Quota.Builder ofDay(String usd) {
        return most().setMaxNotionalPerDay(List.of(new NotionalLimit("USD", units(usd, "USD"))));
    }

    private static Quota.Builder position(String quantity) {
        return most().setMaxPosition(List.of(new PositionLimit("ABC-USD", units(quantity, "ABC"))));
    }
}
