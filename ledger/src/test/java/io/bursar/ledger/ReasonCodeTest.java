package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.adjust;
import static io.bursar.ledger.Books.amendQuantity;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.close;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.extend;
import static io.bursar.ledger.Books.limits;
import static io.bursar.ledger.Books.most;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.place;
import static io.bursar.ledger.Books.sell;
import static io.bursar.ledger.Books.settle;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.spend;
import static io.bursar.ledger.Books.suspend;
import static io.bursar.ledger.Books.transfer;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Deposit;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonCodeTest {
    private static final String NO_NUMBERS = "";

    /** One line for each code: the shortest way to it, and the numbers that come with it. */
    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void every_reason_is_given_with_its_numbers(ReasonCode code) {
        switch (code) {
            case ORDER_ID_REUSED ->
                refused(code, Books.of("50.00").then(buy("A", "1", "9.00"), "accepted"), buy("A", "1", "8.00"), "");
            case COMMAND_ID_REUSED ->
                assertThat(Books.opened().tell("c1", DAY_0, deposit("1.00", "USD")))
                        .isEqualTo(code.text());
            case COMMAND_TOO_OLD ->
                refused(
                        code,
                        Books.opened()
                                .at(days(7).plusNanos(1000))
                                .then(deposit("1.00", "USD"), "accepted")
                                .at(days(0)),
                        buy("A", "1", "1.00"),
                        "limit 1772409600000001, given 1772409600000000");
            case OCCURRED_IN_THE_FUTURE ->
                assertThat(Books.opened().tell("c2", DAY_0.plusSeconds(300).plusNanos(1000), deposit("1.00", "USD")))
                        .isEqualTo("occurred_in_the_future, limit 1772409900000000, given 1772409900000001");
            case EXECUTION_ID_REUSED -> suspended(code, traded(), bought("A", "e1", "3", "9.00"), NO_NUMBERS);
            case ACCOUNT_NOT_FOUND -> refused(code, new Books(), deposit("1.00", "USD"), NO_NUMBERS);
            case ACCOUNT_ALREADY_EXISTS -> refused(code, Books.opened(), open(1), NO_NUMBERS);
            case ACCOUNT_IS_SUSPENDED ->
                refused(code, Books.opened().then(suspend(), "accepted"), buy("A", "1", "9.00"), NO_NUMBERS);
            case ACCOUNT_IS_CLOSED ->
                refused(code, Books.opened().then(close(), "accepted"), buy("A", "1", "9.00"), NO_NUMBERS);
            case ASSET_NOT_FOUND ->
                refused(code, Books.opened(), buy("A", "1", "9.00").setInstrument("ABC-NIL"), NO_NUMBERS);
            case INSTRUMENT_NOT_FOUND ->
                refused(code, Books.opened(), buy("A", "1", "9.00").setInstrument("NIL"), NO_NUMBERS);
            case INSTRUMENT_NOT_PERMITTED -> {
                var books = Books.opened();
                books.reference.market("ABC-USD", "XETR");
                refused(code, books, buy("A", "1", "9.00"), NO_NUMBERS);
            }
            case ACCOUNTS_MUST_DIFFER ->
                refused(code, Books.of("5.00"), transfer(Books.ACCOUNT, "1.00", "USD"), NO_NUMBERS);
            case FIELDS_DO_NOT_FIT_DEPOSIT ->
                refused(code, Books.opened(), new Deposit("USD", 1L, "ABC-USD", 1L), NO_NUMBERS);
            case COST_MUST_NOT_BE_NEGATIVE ->
                refused(code, Books.opened(), new Deposit("ABC", 1L, "ABC-USD", -1L), "limit 0, given -1");
            case LIMIT_MUST_NOT_BE_NEGATIVE ->
                refused(code, Books.opened(), limits(most().setMaxOpenOrders(-1)), "limit 0, given -1");
            case EXECUTION_NOT_SETTLED ->
                suspended(code, traded(), bought("A", "e2", "1", "9.00").setKind(FillKind.BUST), NO_NUMBERS);
            case INSUFFICIENT_FOR_BUST ->
                suspended(
                        code,
                        traded().then(withdraw("1", "ABC"), "accepted"),
                        bought("A", "e1", "2", "9.00").setKind(FillKind.BUST),
                        "required 2.0000 ABC, available 1.0000");
            case EXCEEDS_ORDER_NOTIONAL ->
                refused(
                        code,
                        Books.opened()
                                .then(
                                        limits(most().setMaxOrderNotional(List.of(new NotionalLimit("USD", 900L)))),
                                        "accepted"),
                        buy("A", "1", "9.01"),
                        "limit 900, given 901");
            case EXCEEDS_ORDERS_PER_DAY ->
                refused(
                        code,
                        Books.opened().then(limits(most().setMaxOrdersPerDay(0)), "accepted"),
                        buy("A", "1", "9.00"),
                        "limit 0, given 1");
            case EXCEEDS_NOTIONAL_PER_DAY ->
                refused(
                        code,
                        Books.opened()
                                .then(
                                        limits(most().setMaxNotionalPerDay(List.of(new NotionalLimit("USD", 900L)))),
                                        "accepted"),
                        buy("A", "1", "9.01"),
                        "limit 900, given 901");
            case EXCEEDS_POSITION_LIMIT ->
                refused(
                        code,
                        Books.opened()
                                .then(
                                        limits(most().setMaxPosition(List.of(new PositionLimit("ABC-USD", 10_000L)))),
                                        "accepted"),
                        buy("A", "1.0001", "9.00"),
                        "limit 10000, given 10001");
            case EXCEEDS_POSITION ->
                refused(code, traded(), sell("S", "2.0001", "9.00").setReduceOnly(true), "limit 20000, given 20001");
            case TRANSFERS_MUST_BE_SETTLED ->
                refused(
                        code,
                        Books.of("5.00").then(transfer("B1", "5.00", "USD"), "accepted"),
                        close(),
                        "limit 0, given 1");
            case ORDER_NOT_FOUND -> refused(code, Books.opened(), cancel("A"), NO_NUMBERS);
            case ORDER_IS_CLOSED -> refused(code, traded().then(cancel("A"), "accepted"), cancel("A"), NO_NUMBERS);
            case ORDER_CANNOT_BE_AMENDED ->
                refused(code, Books.of("50.00").then(spend("A", "9.00"), "accepted"), amendQuantity("A", "1"), "");
            case SUSPENDED_FILL_NOT_FOUND -> refused(code, Books.opened(), settle(1), NO_NUMBERS);
            case FIELDS_DO_NOT_FIT_ORDER ->
                refused(
                        code,
                        Books.opened(),
                        place("A", Side.SELL, OrderType.LIMIT).setQuantity(1L),
                        NO_NUMBERS);
            case TAKER_FEE_RATE_OUT_OF_RANGE ->
                refused(code, new Books(), open(1_000_001), "limit 1000000, given 1000001");
            case AMOUNT_MUST_BE_POSITIVE -> refused(code, Books.opened(), deposit("0.00", "USD"), "limit 1, given 0");
            case QUANTITY_MUST_BE_POSITIVE -> refused(code, Books.opened(), buy("A", "0", "9.00"), "limit 1, given 0");
            case PRICE_MUST_BE_POSITIVE -> refused(code, Books.opened(), buy("A", "1", "-0.01"), "limit 1, given -1");
            case NOTIONAL_MUST_BE_POSITIVE -> refused(code, Books.opened(), spend("A", "0.00"), "limit 1, given 0");
            case NOTIONAL_ROUNDS_TO_ZERO -> suspended(code, traded(), bought("A", "e2", "0.0001", "9.00"), NO_NUMBERS);
            case PRICE_OFF_TICK ->
                refused(code, Books.opened(), buy("A", "1", "9.01").setInstrument("TOK-USD"), "limit 5, given 901");
            case QUANTITY_OFF_LOT ->
                refused(
                        code,
                        Books.opened(),
                        buy("A", "0.0015", "9.05").setInstrument("TOK-USD"),
                        "limit 10, given 15");
            case QUANTITY_BELOW_FILLED -> refused(code, traded(), amendQuantity("A", "1"), "limit 20000, given 10000");
            case EXPIRY_MUST_BE_IN_THE_FUTURE ->
                refused(code, traded(), extend("A", days(0)), "limit 1772409600000001, given 1772409600000000");
            case EXPIRY_EXCEEDS_30_DAYS ->
                refused(
                        code,
                        traded(),
                        extend("A", days(30).plusNanos(1000)),
                        "limit 1775001600000000, given 1775001600000001");
            case UNKNOWN_ORDER -> suspended(code, Books.opened(), bought("A", "e1", "1", "9.00"), NO_NUMBERS);
            case ORDER_WAS_REJECTED ->
                suspended(
                        code,
                        Books.opened()
                                .then(buy("A", "1", "9.00"), "insufficient_funds, required 9.00 USD, available 0.00"),
                        bought("A", "e1", "1", "9.00"),
                        NO_NUMBERS);
            case WRONG_INSTRUMENT_OR_SIDE -> suspended(code, traded(), sold("A", "e2", "1", "9.00"), NO_NUMBERS);
            case WORSE_THAN_LIMIT -> suspended(code, traded(), bought("A", "e2", "1", "9.01"), "limit 900, given 901");
            case OVERFILL -> suspended(code, traded(), bought("A", "e2", "3.0001", "9.00"), "limit 50000, given 50001");
            case AMOUNT_OVERFLOWS ->
                refused(code, Books.of("92233720368547758.07"), deposit("0.01", "USD"), NO_NUMBERS);
            case INSUFFICIENT_FOR_FEE ->
                suspended(
                        code,
                        traded(),
                        bought("A", "e2", "3", "9.00").setFee(501),
                        "required 5.01 USD, available 5.00");
            case INSUFFICIENT_FOR_LATE_FILL ->
                suspended(
                        code,
                        traded().then(cancel("A"), "accepted").then(withdraw("22.00", "USD"), "accepted"),
                        bought("A", "e2", "2", "9.00"),
                        "required 18.00 USD, available 10.00");
            case EXCEEDS_OPEN_ORDERS ->
                refused(
                        code,
                        new Books(withOpenOrders(1))
                                .then(open(0), "accepted")
                                .then(deposit("50.00", "USD"), "accepted")
                                .then(buy("A", "1", "9.00"), "accepted")
                                .then(cancel("A"), "accepted")
                                .then(buy("B", "1", "9.00"), "accepted"),
                        buy("C", "1", "9.00"),
                        "limit 1, given 2");
            case INSUFFICIENT_POSITION ->
                refused(code, traded(), sell("S", "2.0001", "9.00"), "required 2.0001 ABC, available 2.0000");
            case INSUFFICIENT_FUNDS ->
                refused(code, Books.of("5.00"), adjust("-5.01", "USD"), "required 5.01 USD, available 5.00");
            case OPEN_ORDERS_MUST_BE_ZERO -> refused(code, traded(), close(), "limit 0, given 1");
            case SUSPENDED_FILLS_MUST_BE_ZERO ->
                refused(
                        code,
                        Books.opened().then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order"),
                        close(),
                        "limit 0, given 1");
            case BALANCE_MUST_BE_ZERO -> refused(code, Books.of("5.00"), close(), "required 0.00 USD, available 5.00");
        }
    }

    @Test
    void a_code_is_found_by_its_text_and_by_no_other() {
        for (var code : ReasonCode.values()) {
            assertThat(ReasonCode.of(code.text())).isEqualTo(code);
            assertThat(code.text()).matches("[a-z_0-9]+");
        }
        assertThatThrownBy(() -> ReasonCode.of("no_such_rule")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_what_instances_learn_at_different_moments_and_spent_ids_leave_the_id_unspent() {
        var unspent = EnumSet.allOf(ReasonCode.class);
        unspent.removeIf(ReasonCode::spendsId);

        assertThat(unspent)
                .containsExactlyInAnyOrder(
                        ReasonCode.ORDER_ID_REUSED,
                        ReasonCode.COMMAND_ID_REUSED,
                        ReasonCode.COMMAND_TOO_OLD,
                        ReasonCode.OCCURRED_IN_THE_FUTURE,
                        ReasonCode.ACCOUNT_NOT_FOUND,
                        ReasonCode.ASSET_NOT_FOUND,
                        ReasonCode.INSTRUMENT_NOT_FOUND);
    }

    /** 50.00 USD; order A bought 2 of 5 ABC at 9.00: 32.00 left, 27.00 of it reserved. */
    private static Books traded() {
        return Books.of("50.00")
                .then(buy("A", "5", "9.00"), "accepted")
                .then(bought("A", "e1", "2", "9.00"), "settled")
                .holds("USD", "32, reserved 27");
    }

    private static void refused(ReasonCode code, Books books, Object asked, String numbers) {
        books.then(asked, numbers.isEmpty() ? code.text() : code.text() + ", " + numbers);
    }

    private static void suspended(ReasonCode code, Books books, Object fill, String numbers) {
        books.then(fill, "suspended: " + (numbers.isEmpty() ? code.text() : code.text() + ", " + numbers));
    }

    private static LedgerRules withOpenOrders(int most) {
        var rules = LedgerRules.DEFAULT;
        return new LedgerRules(
                rules.orderMemory(),
                rules.commandMemory(),
                rules.futureTolerance(),
                rules.earlyFillTolerance(),
                rules.defaultExpiry(),
                rules.longestExpiry(),
                most);
    }

    private static Duration days(long days) {
        return Duration.ofDays(days);
    }
}
