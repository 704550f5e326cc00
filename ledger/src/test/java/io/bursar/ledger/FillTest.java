package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.place;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.Posting;
import io.bursar.schemas.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FillTest {
    @Test
    void a_better_price_releases_what_the_rest_can_no_longer_need() {
        Books.of("100.00")
                .then(buy("A", "10", "10.00"), "accepted")
                .then(bought("A", "e1", "4", "7.00"), "settled")
                .order("A", "PARTIALLY_FILLED, filled 4, held 60")
                .holds("USD", "72, reserved 60")
                .then(bought("A", "e2", "6", "10.00"), "settled")
                .order("A", "FILLED, filled 10, held 0")
                .holds("USD", "12, reserved 0")
                .holds("ABC", "10, reserved 0");
    }

    @Test
    void a_sell_gives_what_it_held_and_gets_its_notional_rounded_down() {
        Books.opened()
                .then(deposit("1.0000", "ABC"), "accepted")
                .then(sell("A", "1", "0.35"), "accepted")
                .then(sold("A", "e1", "0.1429", "0.35"), "settled")
                .holds("USD", "0.05, reserved 0")
                .holds("ABC", "0.8571, reserved 0.8571")
                .then(sold("A", "e2", "0.8571", "0.35").setFinal$(true), "settled")
                .order("A", "FILLED, filled 1, held 0")
                .holds("USD", "0.34, reserved 0");
    }

    @Test
    void a_final_fill_closes_the_order_and_leaves_nothing_behind() {
        Books.of("100.00")
                .then(buy("A", "10", "10.00"), "accepted")
                .then(bought("A", "e1", "1", "10.00").setFinal$(true), "settled")
                .order("A", "FILLED, filled 1, held 0")
                .holds("USD", "90, reserved 0")
                .then(cancel("A"), "order_is_closed");
    }

    @Test
    void a_late_fill_settles_from_what_is_available() {
        Books.of("100.00")
                .then(buy("A", "10", "10.00"), "accepted")
                .then(cancel("A"), "accepted")
                .then(bought("A", "e1", "4", "10.00"), "settled late")
                .order("A", "CANCELLED, filled 4, held 0")
                .holds("USD", "60, reserved 0")
                .then(buy("B", "5", "10.00"), "accepted")
                .then(
                        bought("A", "e2", "2", "10.00"),
                        "suspended: insufficient_for_late_fill, required 20.00 USD, available 10.00")
                .then(bought("A", "e3", "1", "10.00"), "settled late")
                .then(bought("B", "e1", "5", "10.00"), "settled")
                .holds("USD", "0, reserved 0")
                .holds("ABC", "10, reserved 0");
    }

    @Test
    void a_fill_after_the_order_was_filled_is_late_and_within_the_quantity_or_not_at_all() {
        Books.of("100.00")
                .then(buy("A", "10", "10.00"), "accepted")
                .then(bought("A", "e1", "4", "10.00").setFinal$(true), "settled")
                .then(bought("A", "e2", "6.0001", "10.00"), "suspended: overfill, limit 100000, given 100001")
                .then(bought("A", "e3", "6", "10.00"), "settled late")
                .order("A", "FILLED, filled 10, held 0");
    }

    @Test
    void a_late_sell_needs_the_base_asset() {
        Books.opened()
                .then(deposit("1.0000", "ABC"), "accepted")
                .then(sell("A", "1", "9.00"), "accepted")
                .at(Duration.ofDays(7).plusNanos(1000))
                .expire("expired A")
                .then(sold("A", "e1", "0.4", "9.00"), "settled late")
                .then(withdraw("0.5", "ABC"), "accepted")
                .then(
                        sold("A", "e2", "0.2", "9.00"),
                        "suspended: insufficient_for_late_fill, required 0.2000 ABC, available 0.1000");
    }

    @Test
    void the_first_reason_that_speaks_against_a_fill_is_the_one_that_is_told() {
        var fill = sold("A", "e1", "0", "0.00").setInstrument("NIL").setFee(1).setFeeAsset("NIL");
        Books.of("100.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(fill, "suspended: instrument_not_found")
                .then(next(fill, "e2").setInstrument("ABC-USD"), "suspended: asset_not_found")
                .then(next(fill, "e3").setFeeAsset(null), "suspended: quantity_must_be_positive, limit 1, given 0")
                .then(next(fill, "e4").setQuantity(1), "suspended: price_must_be_positive, limit 1, given 0")
                .then(next(fill, "e5").setPrice(1000), "suspended: notional_rounds_to_zero")
                .then(next(fill, "e6").setQuantity(20_000).setOrderId("B"), "suspended: unknown_order")
                .then(next(fill, "e7").setOrderId("A"), "suspended: wrong_instrument_or_side")
                .then(next(fill, "e8").setSide(Side.BUY), "suspended: worse_than_limit, limit 900, given 1000")
                .then(next(fill, "e9").setPrice(900), "suspended: overfill, limit 10000, given 20000")
                .then(
                        next(fill, "e10").setQuantity(10_000).setFee(9_101),
                        "suspended: insufficient_for_fee, required 91.01 USD, available 91.00")
                .then(next(fill, "e11").setFee(9_100), "settled");
    }

    private static Fill.Builder next(Fill.Builder fill, String executionId) {
        return fill.setExecutionId(executionId);
    }

    @Test
    void an_instrument_whose_assets_are_unknown_is_no_instrument_for_a_fill() {
        Books.opened().then(bought("A", "e1", "1", "9.00").setInstrument("ABC-NIL"), "suspended: instrument_not_found");
    }

    @Test
    void another_instrument_than_the_order_s_is_refused_even_with_the_same_base() {
        Books.of("100.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.00").setInstrument("ABC-EUR"), "suspended: wrong_instrument_or_side");
    }

    @Test
    void a_known_order_settles_with_its_own_terms_whatever_became_of_the_instrument() {
        var books = Books.of("100.00").then(buy("A", "1", "9.00"), "accepted");
        books.reference.forget("ABC-USD");
        books.then(bought("A", "e1", "1", "9.00"), "settled");
    }

    @Test
    void a_fill_whose_sums_do_not_fit_is_suspended_and_changes_nothing() {
        Books.of("100.00")
                .then(new Deposit("ABC", Long.MAX_VALUE, null, null), "accepted")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.00"), "suspended: amount_overflows")
                .then(bought("A", "e2", "1", "9.00").setFee(Long.MIN_VALUE), "suspended: amount_overflows")
                .then(bought("A", "e3", "1", "9.00").setFee(Long.MAX_VALUE), "suspended: amount_overflows")
                .then(
                        bought("A", "e4", "1", "9.00")
                                .setQuantity(Long.MAX_VALUE)
                                .setPrice(Long.MAX_VALUE),
                        "suspended: amount_overflows")
                .order("A", "ACTIVE, filled 0, held 9")
                .holds("USD", "100, reserved 9");
    }

    @Test
    void a_market_sell_takes_any_price() {
        Books.opened()
                .then(deposit("1.0000", "ABC"), "accepted")
                .then(place("A", Side.SELL, OrderType.MARKET).setQuantity(10_000L), "accepted")
                .then(sold("A", "e1", "0.5", "0.02"), "settled")
                .then(sold("A", "e2", "0.5", "900.00"), "settled")
                .order("A", "FILLED, filled 1, held 0")
                .holds("USD", "450.01, reserved 0");
    }

    @Test
    void a_venue_s_fill_is_against_the_venue_and_a_leg_of_a_trade_against_clearing() {
        var books = Books.of("100.00").then(buy("A", "3", "9.00"), "accepted");

        assertThat(counterparty(books, bought("A", "e1", "1", "9.00"))).isEqualTo(LedgerAccount.VENUE);
        assertThat(counterparty(books, bought("A", "e2", "1", "9.00").setTradeId("T1")))
                .isEqualTo(LedgerAccount.VENUE);
        assertThat(counterparty(
                        books, bought("A", "T1:B", "1", "9.00").setTradeId("T1").setVenue(null)))
                .isEqualTo(LedgerAccount.CLEARING);
    }

    private static LedgerAccount counterparty(Books books, Fill.Builder fill) {
        var entry = books.decide(null, DAY_0, fill).entries().getFirst();
        var foreign = entry.getPostings().stream()
                .map(Posting::getLedgerAccount)
                .filter(ledgerAccount -> ledgerAccount != LedgerAccount.AVAILABLE)
                .filter(ledgerAccount -> ledgerAccount != LedgerAccount.RESERVED)
                .distinct()
                .toList();
        assertThat(foreign).hasSize(1);
        return foreign.getFirst();
    }

    @Test
    void an_entry_tells_what_the_fill_was_worth_and_what_it_earned() {
        var books = Books.of("100.00")
                .then(buy("A", "3", "9.00"), "accepted")
                .then(bought("A", "e1", "3", "9.00"), "settled")
                .then(sell("B", "3", "9.00"), "accepted");

        var entry = books.decide(null, DAY_0, sold("B", "e1", "2", "9.50"))
                .entries()
                .getFirst();

        var body = (FillSettled) entry.getBody();
        assertThat(body.getNotional()).isEqualTo(1_900);
        assertThat(body.getRealizedPnl()).isEqualTo(100);
        assertThat(entry.getPosition().getCostBasis()).isEqualTo(900);
        assertThat(entry.getCommandId()).isNull();
    }
}
