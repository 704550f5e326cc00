package io.bursar.ledger;

import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.discard;
import static io.bursar.ledger.Books.openFifo;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.settle;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.spend;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Posting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BustTest {
    @Test
    void a_busted_buy_gives_the_money_back_and_the_order_holds_it_again() {
        Books.of("100.00")
                .then(buy("A", "5", "9.00"), "accepted")
                .then(bought("A", "e1", "2", "8.00").setFee(10), "settled")
                .order("A", "PARTIALLY_FILLED, filled 2, held 27")
                .then(bust(bought("A", "e1", "2", "8.00").setFee(10)), "taken back")
                .holds("USD", "100, reserved 43.1")
                .holds("ABC", "0, reserved 0")
                .order("A", "ACTIVE, filled 0, held 43.1")
                .position("0 for 0, realised 0, uncovered 0")
                .then(bought("A", "e2", "5", "8.50"), "settled")
                .holds("USD", "57.5, reserved 0");
    }

    @Test
    void postings_are_the_opposite_of_the_executions() {
        var books = Books.of("100.00").then(buy("A", "5", "9.00"), "accepted");
        var settled =
                books.decide("", Books.DAY_0, bought("A", "e1", "2", "8.00").setFee(10));
        var busted = books.decide(
                "", Books.DAY_0, bust(bought("A", "e1", "2", "8.00").setFee(10)));

        assertThat(settled.entries().getFirst().getPostings())
                .contains(
                        new Posting(LedgerAccount.VENUE, "", "USD", 2, 1_600L),
                        new Posting(LedgerAccount.VENUE, "", "ABC", 4, -20_000L),
                        new Posting(LedgerAccount.FEES, "", "USD", 2, 10L));
        assertThat(busted.entries().getFirst().getPostings())
                .contains(
                        new Posting(LedgerAccount.VENUE, "", "USD", 2, -1_600L),
                        new Posting(LedgerAccount.VENUE, "", "ABC", 4, 20_000L),
                        new Posting(LedgerAccount.FEES, "", "USD", 2, -10L));
    }

    @Test
    void a_busted_sell_brings_quantity_and_cost_back_and_takes_the_profit() {
        bought2()
                .then(sell("S", "2", "9.00"), "accepted")
                .then(sold("S", "e1", "1", "12.00"), "settled")
                .position("1 for 9, realised 3, uncovered 0")
                .then(bust(sold("S", "e1", "1", "12.00")), "taken back")
                .position("2 for 18, realised 0, uncovered 0")
                .order("S", "ACTIVE, filled 0, held 2")
                .holds("ABC", "2, reserved 2")
                .holds("USD", "82, reserved 0");
    }

    @Test
    void a_closed_order_stays_closed() {
        Books.of("100.00")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bought("A", "e1", "2", "9.00"), "settled")
                .then(bust(bought("A", "e1", "2", "9.00")), "taken back")
                .order("A", "FILLED, filled 0, held 0")
                .holds("USD", "100, reserved 0")
                .then(cancel("A"), "order_is_closed");
    }

    @Test
    void an_order_by_notional_can_spend_again_what_came_back() {
        Books.of("100.00")
                .then(spend("A", "50.00"), "accepted")
                .then(bought("A", "e1", "2", "9.00").setFee(100), "settled")
                .then(bust(bought("A", "e1", "2", "9.00").setFee(100)), "taken back")
                .order("A", "ACTIVE, filled 0, held 50")
                .then(bought("A", "e2", "5", "10.00"), "settled")
                .order("A", "FILLED, filled 5, held 0")
                .holds("USD", "50, reserved 0");
    }

    /** What of the busted purchase is sold already is a sale without a cost. */
    @Test
    void a_buy_is_busted_after_later_fills_of_the_same_position() {
        bought2()
                .then(buy("B", "2", "11.00"), "accepted")
                .then(bought("B", "e1", "2", "11.00"), "settled")
                .then(sell("S", "1", "9.00"), "accepted")
                .then(sold("S", "e1", "1", "12.00"), "settled")
                .position("3 for 30, realised 2, uncovered 0")
                .then(bust(bought("B", "e1", "2", "11.00")), "taken back")
                .position("1 for 10, realised 4, uncovered 0")
                .holds("ABC", "1, reserved 0");
    }

    @Test
    void what_is_no_longer_there_suspends_the_bust_until_it_is() {
        bought2()
                .then(sell("S", "1", "9.00"), "accepted")
                .then(sold("S", "e1", "1", "12.00"), "settled")
                .then(
                        bust(bought("A", "e1", "2", "9.00")),
                        "suspended: insufficient_for_bust, required 2.0000 ABC, available 1.0000")
                .then(deposit("1", "ABC"), "accepted")
                .then(settle(7), "taken back")
                .holds("ABC", "0, reserved 0")
                .position("0 for 0, realised 3, uncovered 1");
    }

    @Test
    void the_money_of_a_busted_sale_has_to_be_there() {
        bought2()
                .then(sell("S", "2", "9.00"), "accepted")
                .then(sold("S", "e1", "2", "12.00").setFee(50), "settled")
                .then(withdraw("100.00", "USD"), "accepted")
                .then(
                        bust(sold("S", "e1", "2", "12.00").setFee(50)),
                        "suspended: insufficient_for_bust, required 23.50 USD, available 5.50");
    }

    @Test
    void fees_in_other_assets_and_rebates_go_back_too() {
        Books.of("100.00")
                .then(deposit("5.00", "EUR"), "accepted")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.00").setFee(100).setFeeAsset("EUR"), "settled")
                .then(bought("A", "e2", "1", "9.00").setFee(-100).setFeeAsset("ABC"), "settled")
                .holds("ABC", "2.01, reserved 0")
                .then(bust(bought("A", "e1", "1", "9.00").setFee(100).setFeeAsset("EUR")), "taken back")
                .then(bust(bought("A", "e2", "1", "9.00").setFee(-100).setFeeAsset("ABC")), "taken back")
                .holds("EUR", "5, reserved 0")
                .holds("ABC", "0, reserved 0")
                .holds("USD", "100, reserved 0")
                .position("0 for 0, realised 0, uncovered 0");
    }

    @Test
    void an_execution_is_taken_back_once_and_only_as_it_was() {
        bought2()
                .then(bust(bought("A", "e1", "2", "9.01")), "suspended: execution_not_settled")
                .then(bust(bought("A", "e9", "2", "9.00")), "suspended: execution_not_settled")
                .then(bust(bought("B", "e1", "2", "9.00")), "suspended: unknown_order")
                .then(bust(bought("A", "e1", "2", "9.00")), "suspended: execution_id_reused");

        bought2()
                .then(bust(bought("A", "e1", "2", "9.00")), "taken back")
                .then(bust(bought("A", "e1", "2", "9.00")), "again: accepted")
                .then(bought("A", "e1", "2", "9.00"), "again: accepted")
                .then(bust(bought("A", "e1", "2", "9.00").setFee(1)), "suspended: execution_id_reused")
                .holds("USD", "100, reserved 0");
    }

    @Test
    void an_execution_stays_settled_when_another_under_its_id_is_discarded() {
        bought2()
                .then(bought("A", "e1", "2", "8.00"), "suspended: execution_id_reused")
                .then(discard(5), "discarded")
                .then(bust(bought("A", "e1", "2", "9.00")), "taken back")
                .holds("USD", "100, reserved 0");
    }

    @Test
    void an_execution_of_a_forgotten_order_is_not_taken_from_another_with_its_id() {
        Books.of("100.00")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bought("A", "e1", "2", "9.00"), "settled")
                .at(Duration.ofDays(8))
                .then(deposit("1.00", "USD"), "accepted")
                .then(buy("A", "4", "9.00"), "accepted")
                .then(bought("A", "e2", "2", "9.00"), "settled")
                .then(bust(bought("A", "e1", "2", "9.00")), "suspended: execution_not_settled")
                .order("A", "PARTIALLY_FILLED, filled 2, held 18");
    }

    /** Account time is behind a refused order, and so may be what settles its fill. */
    @Test
    void what_an_operator_settled_of_a_refused_order_is_taken_back_whatever_time_the_operator_gave() {
        Books.of("10.00")
                .at(Duration.ofHours(2))
                .then(buy("A", "2", "9.00"), "insufficient_funds, required 18.00 USD, available 10.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: order_was_rejected")
                .at(Duration.ofHours(1))
                .then(settle(4), "settled late")
                .at(Duration.ofHours(3))
                .then(bust(bought("A", "e1", "1", "9.00")), "taken back")
                .holds("USD", "10, reserved 0");
    }

    @Test
    void an_execution_that_settled_before_there_was_an_order_is_not_taken_from_the_order_that_came_later() {
        Books.of("100.00")
                .then(bought("A", "e1", "2", "9.00"), "suspended: unknown_order")
                .then(settle(3), "settled")
                .at(Duration.ofMinutes(1))
                .then(buy("A", "4", "9.00"), "accepted")
                .then(bought("A", "e2", "4", "9.00"), "settled")
                .then(bust(bought("A", "e1", "2", "9.00")), "suspended: execution_not_settled")
                .order("A", "FILLED, filled 4, held 0");
    }

    @Test
    void a_bust_before_its_fill_waits_for_an_operator() {
        Books.of("100.00")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bust(bought("A", "e1", "2", "9.00")), "suspended: execution_not_settled")
                .then(bought("A", "e1", "2", "9.00"), "settled")
                .then(settle(4), "taken back")
                .holds("USD", "100, reserved 0");
    }

    @Test
    void a_fill_and_its_bust_that_wait_for_their_order_settle_in_turn() {
        Books.of("100.00")
                .then(bought("A", "e1", "2", "9.00"), "suspended: unknown_order")
                .then(bust(bought("A", "e1", "2", "9.00")), "suspended: unknown_order")
                .then(buy("A", "2", "9.00"), "accepted; settled; taken back")
                .holds("USD", "100, reserved 0");
    }

    @Test
    void a_fill_of_a_rejected_order_that_an_operator_settled_is_taken_back() {
        Books.opened()
                .then(buy("A", "2", "9.00"), "insufficient_funds, required 18.00 USD, available 0.00")
                .then(bought("A", "e1", "2", "9.00"), "suspended: order_was_rejected")
                .then(deposit("20.00", "USD"), "accepted")
                .then(settle(3), "settled late")
                .then(bust(bought("A", "e1", "2", "9.00")), "taken back")
                .holds("USD", "20, reserved 0");
    }

    @Test
    void what_speaks_against_any_fill_speaks_against_a_bust() {
        bought2()
                .then(bust(bought("A", "e1", "0", "9.00")), "suspended: quantity_must_be_positive, limit 1, given 0")
                .then(bust(bought("A", "e2", "2", "0.00")), "suspended: price_must_be_positive, limit 1, given 0")
                .then(bust(bought("A", "e1", "2", "9.00")), "suspended: execution_id_reused");

        bought2()
                .then(
                        "",
                        Books.DAY_0.minus(Duration.ofMinutes(6)),
                        bust(bought("A", "e1", "2", "9.00")),
                        "suspended: unknown_order");
    }

    /** The id of a forgotten order may be used again. */
    @Test
    void an_order_gives_back_only_what_it_has_filled() {
        bought2()
                .at(Duration.ofDays(8))
                .then(deposit("1.00", "USD"), "accepted")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bust(bought("A", "e1", "2", "9.00")), "suspended: execution_not_settled")
                .order("A", "ACTIVE, filled 0, held 18")
                .holds("ABC", "2, reserved 0");
    }

    @Test
    void a_busted_sell_comes_back_as_the_oldest_lot() {
        var books = new Books()
                .then(openFifo(), "accepted")
                .then(deposit("1000.00", "USD"), "accepted")
                .then(buy("A", "2", "200.00"), "accepted")
                .then(bought("A", "e1", "1", "100.00"), "settled")
                .then(bought("A", "e2", "1", "200.00"), "settled")
                .then(sell("S", "2", "9.00"), "accepted")
                .then(sold("S", "e1", "1.5", "300.00"), "settled")
                .position("0.5 for 100, realised 250, uncovered 0")
                .then(bust(sold("S", "e1", "1.5", "300.00")), "taken back")
                .position("2 for 300, realised 0, uncovered 0");

        assertThat(books.account.lots())
                .containsExactlyInAnyOrder(
                        new Lot("", "ABC-USD", 0L, 15_000L, 20_000L), new Lot("", "ABC-USD", 1L, 5_000L, 10_000L));
        books.then(sold("S", "e2", "1", "300.00"), "settled").position("1 for 166.67, realised 166.67, uncovered 0");
    }

    @Test
    void a_busted_buy_leaves_by_the_oldest_lots() {
        new Books()
                .then(openFifo(), "accepted")
                .then(deposit("1000.00", "USD"), "accepted")
                .then(buy("A", "2", "200.00"), "accepted")
                .then(bought("A", "e1", "1", "100.00"), "settled")
                .then(bought("A", "e2", "1", "200.00"), "settled")
                .then(bust(bought("A", "e2", "1", "200.00")), "taken back")
                .position("1 for 200, realised 100, uncovered 0");
    }

    @Test
    void an_uncovered_sale_is_taken_back_without_a_cost() {
        Books.of("100.00")
                .then(deposit("2", "ABC"), "accepted")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.00"), "settled")
                .then(sell("S", "3", "9.00"), "accepted")
                .then(sold("S", "e1", "3", "10.00"), "settled")
                .position("0 for 0, realised 1, uncovered 2")
                .then(bust(sold("S", "e1", "3", "10.00")), "taken back")
                .position("1 for 9, realised 0, uncovered 0");
    }

    private static Books bought2() {
        return Books.of("100.00")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bought("A", "e1", "2", "9.00"), "settled");
    }

    private static Fill bust(Fill.Builder fill) {
        return fill.setKind(FillKind.BUST).build();
    }
}
