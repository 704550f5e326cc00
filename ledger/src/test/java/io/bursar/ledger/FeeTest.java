package io.bursar.ledger;

import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.units;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeeTest {
    /** 100 USD, 10 ABC and 10 EUR; an order over 4 ABC at 5.00 is filled with this fee. */
    @ParameterizedTest(name = "{0}, fee {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            BUY  |  0.03  | USD |  79.97, reserved 0 | 14, reserved 0      | 10, reserved 0    | 4
            BUY  | -0.03  | USD |  80.03, reserved 0 | 14, reserved 0      | 10, reserved 0    | 4
            BUY  |  0.03  | ABC |  80, reserved 0    | 13.97, reserved 0   | 10, reserved 0    | 3.97
            BUY  | -0.03  | ABC |  80, reserved 0    | 14.03, reserved 0   | 10, reserved 0    | 4.03
            BUY  |  0.03  | EUR |  80, reserved 0    | 14, reserved 0      | 9.97, reserved 0  | 4
            BUY  | -0.03  | EUR |  80, reserved 0    | 14, reserved 0      | 10.03, reserved 0 | 4
            SELL |  0.03  | USD | 119.97, reserved 0 |  6, reserved 0      | 10, reserved 0    | 0
            SELL | -0.03  | USD | 120.03, reserved 0 |  6, reserved 0      | 10, reserved 0    | 0
            SELL |  0.03  | ABC | 120, reserved 0    |  5.97, reserved 0   | 10, reserved 0    | 0
            SELL | -0.03  | ABC | 120, reserved 0    |  6.03, reserved 0   | 10, reserved 0    | 0
            SELL |  0.03  | EUR | 120, reserved 0    |  6, reserved 0      | 9.97, reserved 0  | 0
            SELL | -0.03  | EUR | 120, reserved 0    |  6, reserved 0      | 10.03, reserved 0 | 0
            """)
    void a_fee_is_taken_and_a_rebate_is_given_in_its_asset(
            String side, String fee, String feeAsset, String usd, String abc, String eur, String position) {
        boolean buy = side.equals("BUY");
        var fill = buy ? bought("A", "e1", "4", "5.00") : sold("A", "e1", "4", "5.00");
        var books = Books.of("100.00")
                .then(deposit("10.0000", "ABC"), "accepted")
                .then(deposit("10.00", "EUR"), "accepted")
                .then(buy ? buy("A", "4", "5.00") : sell("A", "4", "5.00"), "accepted")
                .then(fill.setFee(units(fee, feeAsset)).setFeeAsset(feeAsset), "settled")
                .holds("USD", usd)
                .holds("ABC", abc)
                .holds("EUR", eur);

        var after = Accounts.position(books.account.account(), "", "ABC-USD");
        assertThat(after.getQuantity()).isEqualTo(units(position, "ABC"));
        assertThat(after.getFeesPaid()).hasSize(1);
        assertThat(after.getFeesPaid().getFirst().getAsset()).isEqualTo(feeAsset);
        assertThat(after.getFeesPaid().getFirst().getAmount()).isEqualTo(units(fee, feeAsset));
    }

    @Test
    void a_fee_without_an_asset_is_in_the_quote_asset() {
        Books.of("30.00")
                .then(buy("A", "4", "5.00"), "accepted")
                .then(bought("A", "e1", "4", "5.00").setFee(3), "settled")
                .holds("USD", "9.97, reserved 0");
    }

    @Test
    void a_fee_of_nothing_needs_no_asset() {
        Books.of("30.00")
                .then(buy("A", "4", "5.00"), "accepted")
                .then(bought("A", "e1", "4", "5.00").setFee(0).setFeeAsset("NIL"), "settled")
                .holds("USD", "10, reserved 0");
    }

    @Test
    void a_buy_s_quote_fee_leaves_what_is_held_before_what_is_available() {
        new Books()
                .then(open(10_000), "accepted")
                .then(deposit("100.00", "USD"), "accepted")
                .then(buy("A", "4", "5.00"), "accepted")
                .holds("USD", "100, reserved 20.2")
                .then(bought("A", "e1", "2", "5.00").setFee(10), "settled")
                .order("A", "PARTIALLY_FILLED, filled 2, held 10.1")
                // 0.15 over the 10.10 held
                .then(bought("A", "e2", "2", "5.00").setFee(25), "settled")
                .order("A", "FILLED, filled 4, held 0")
                .holds("USD", "79.65, reserved 0");
    }

    @Test
    void a_fee_that_nothing_can_pay_suspends_the_fill() {
        Books.of("20.00")
                .then(buy("A", "4", "5.00"), "accepted")
                .then(
                        bought("A", "e1", "4", "5.00").setFee(1),
                        "suspended: insufficient_for_fee, required 0.01 USD, available 0.00")
                .then(
                        bought("A", "e2", "4", "5.00").setFee(1).setFeeAsset("EUR"),
                        "suspended: insufficient_for_fee, required 0.01 EUR, available 0.00")
                .then(
                        bought("A", "e3", "4", "5.00").setFee(40_001).setFeeAsset("ABC"),
                        "suspended: insufficient_for_fee, required 0.0001 ABC, available 0.0000")
                .holds("USD", "20, reserved 20")
                .then(bought("A", "e4", "4", "5.00").setFee(40_000).setFeeAsset("ABC"), "settled")
                .holds("ABC", "nothing")
                .position("0 for 20, realised 0, uncovered 0");
    }

    @Test
    void a_fee_above_what_arrives_takes_the_rest_from_what_is_available() {
        Books.of("50.00")
                .then(deposit("5.0000", "ABC"), "accepted")
                .then(buy("A", "4", "5.00"), "accepted")
                .then(bought("A", "e1", "4", "5.00").setFee(50_000).setFeeAsset("ABC"), "settled")
                .holds("ABC", "4, reserved 0")
                .then(sell("B", "4", "5.00"), "accepted")
                .then(sold("B", "e1", "4", "5.00").setFee(2_100), "settled")
                .holds("USD", "29, reserved 0")
                .holds("ABC", "0, reserved 0");
    }

    @Test
    void a_sell_s_base_fee_is_not_paid_by_what_the_rest_of_the_order_holds() {
        Books.opened()
                .then(deposit("4.0000", "ABC"), "accepted")
                .then(sell("A", "4", "5.00"), "accepted")
                .then(
                        sold("A", "e1", "2", "5.00").setFee(1).setFeeAsset("ABC"),
                        "suspended: insufficient_for_fee, required 0.0001 ABC, available 0.0000")
                .then(deposit("0.0001", "ABC"), "accepted")
                .then(sold("A", "e2", "2", "5.00").setFee(1).setFeeAsset("ABC"), "settled")
                .holds("ABC", "2, reserved 2");
    }

    @Test
    void a_late_fill_s_fee_comes_from_what_is_available_too() {
        Books.of("20.05")
                .then(buy("A", "4", "5.00"), "accepted")
                .then(cancel("A"), "accepted")
                .then(bought("A", "e1", "2", "5.00").setFee(5), "settled late")
                .then(
                        bought("A", "e2", "2", "5.00").setFee(1),
                        "suspended: insufficient_for_fee, required 10.01 USD, available 10.00");
    }

    @Test
    void fees_of_one_asset_add_up_and_others_stand_beside_them() {
        var books = Books.of("50.00")
                .then(deposit("5.00", "EUR"), "accepted")
                .then(buy("A", "4", "5.00"), "accepted")
                .then(bought("A", "e1", "1", "5.00").setFee(3), "settled")
                .then(bought("A", "e2", "1", "5.00").setFee(7).setFeeAsset("EUR"), "settled")
                .then(bought("A", "e3", "1", "5.00").setFee(-5), "settled");

        var fees = Accounts.position(books.account.account(), "", "ABC-USD").getFeesPaid();
        assertThat(fees)
                .extracting(paid -> paid.getAsset() + " " + paid.getAmount())
                .containsExactly("EUR 7", "USD -2");
    }

    @Test
    void a_rebate_does_not_pay_for_its_own_fill() {
        Books.of("20.00")
                .then(buy("A", "4", "5.00"), "accepted")
                .then(cancel("A"), "accepted")
                .then(withdraw("0.01", "USD"), "accepted")
                .then(
                        bought("A", "e1", "4", "5.00").setFee(-1),
                        "suspended: insufficient_for_late_fill, required 20.00 USD, available 19.99");
    }
}
