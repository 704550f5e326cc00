package io.bursar.ledger;

import static io.bursar.ledger.Books.adjust;
import static io.bursar.ledger.Books.amendPrice;
import static io.bursar.ledger.Books.amendQuantity;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.close;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.discard;
import static io.bursar.ledger.Books.extend;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.resume;
import static io.bursar.ledger.Books.settle;
import static io.bursar.ledger.Books.suspend;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.CostMethod;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.state.AccountStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountLifeCycleTest {
    @Test
    void an_account_that_was_never_opened_takes_nothing_but_open() {
        var books = new Books();
        for (var asked : List.of(
                suspend(),
                resume(),
                close(),
                deposit("1.00", "USD"),
                withdraw("1.00", "USD"),
                adjust("1.00", "USD"),
                buy("A", "1", "9.00"),
                cancel("A"),
                amendQuantity("A", "2"),
                extend("A", Duration.ofDays(9)),
                settle(1))) {
            books.then(asked, "account_not_found");
        }
        books.then(bought("A", "e1", "1", "9.00"), "suspended: account_not_found")
                .then(open(500), "accepted")
                .then(deposit("9.01", "USD"), "accepted")
                .then(buy("A", "1", "9.00"), "accepted; settled");

        assertThat(books.account.account().getOwner()).isEqualTo("owner");
        assertThat(books.account.account().getName()).isEqualTo("name");
        assertThat(books.account.account().getTakerFeeRate()).isEqualTo(500);
    }

    @Test
    void an_account_is_opened_once() {
        Books.opened()
                .then(open(0), "account_already_exists")
                .then(suspend(), "accepted")
                .then(open(0), "account_already_exists")
                .then(close(), "accepted")
                .then(open(0), "account_already_exists");
    }

    @Test
    void a_taker_fee_rate_is_from_zero_to_the_whole_notional() {
        new Books()
                .then(open(-1), "taker_fee_rate_out_of_range, limit 1000000, given -1")
                .then(open(1_000_001), "taker_fee_rate_out_of_range, limit 1000000, given 1000001")
                .then(open(1_000_000), "accepted");
    }

    @Test
    void a_suspended_account_winds_down_but_takes_nothing_new() {
        var books = Books.of("50.00")
                .then(buy("A", "5", "9.00"), "accepted")
                .then(suspend(), "accepted")
                .then(suspend(), "account_is_suspended")
                .then(buy("B", "1", "1.00"), "account_is_suspended")
                .then(amendQuantity("A", "4"), "account_is_suspended")
                .then(withdraw("1.00", "USD"), "account_is_suspended")
                .then(bought("A", "e1", "2", "9.00"), "settled")
                .then(bought("X", "e1", "2", "9.00"), "suspended: unknown_order")
                .then(discard(9), "suspended_fill_not_found")
                .then(discard(10), "discarded")
                .then(extend("A", Duration.ofDays(9)), "account_is_suspended")
                .then(cancel("A"), "accepted")
                .then(adjust("-32.00", "USD"), "accepted")
                .then(close(), "balance_must_be_zero, required 0.0000 ABC, available 2.0000")
                .then(adjust("-2.0000", "ABC"), "accepted")
                .then(close(), "accepted");

        assertThat(books.account.account().getStatus()).isEqualTo(AccountStatus.CLOSED);
    }

    @Test
    void closing_asks_for_orders_then_suspended_fills_then_balances() {
        var books = Books.of("9.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(bought("X", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(close(), "open_orders_must_be_zero, limit 0, given 1")
                .then(cancel("A"), "accepted")
                .then(close(), "suspended_fills_must_be_zero, limit 0, given 1")
                .then(discard(4), "discarded")
                .then(close(), "balance_must_be_zero, required 0.00 USD, available 9.00")
                .then(withdraw("9.00", "USD"), "accepted")
                .then(close(), "accepted");

        assertThat(books.account.account().getOpenOrders()).isZero();
        assertThat(books.account.account().getSuspendedFills()).isZero();
    }

    @Test
    void a_closed_account_takes_nothing_but_resume() {
        var books = Books.opened().then(close(), "accepted");
        for (var asked : List.of(
                suspend(),
                close(),
                deposit("1.00", "USD"),
                withdraw("1.00", "USD"),
                adjust("1.00", "USD"),
                buy("A", "1", "9.00"),
                cancel("A"),
                amendQuantity("A", "2"),
                extend("A", Duration.ofDays(9)),
                settle(1))) {
            books.then(asked, "account_is_closed");
        }
        books.then(bought("X", "e1", "1", "9.00"), "suspended: account_is_closed")
                .then(resume(), "accepted")
                .then(deposit("9.00", "USD"), "accepted")
                .then(settle(13), "settled")
                .holds("ABC", "1, reserved 0");
    }

    @Test
    void resuming_an_open_account_is_no_error() {
        Books.opened()
                .then(resume(), "accepted")
                .then(suspend(), "accepted")
                .then(resume(), "accepted")
                .then(deposit("1.00", "USD"), "accepted")
                .then(withdraw("1.00", "USD"), "accepted");
    }

    @Test
    void an_update_changes_what_it_names_for_orders_from_then_on() {
        var books = new Books()
                .then(new UpdateAccount("new", null, null), "account_not_found")
                .then(new OpenAccount("owner", "name", 0, CostMethod.FIFO, List.of("XETR")), "accepted")
                .then(deposit("50.00", "USD"), "accepted")
                .then(buy("A", "1", "10.00"), "accepted")
                .then(
                        new UpdateAccount(null, null, 1_000_001),
                        "taker_fee_rate_out_of_range, limit 1000000, given 1000001")
                .then(new UpdateAccount("new", null, 100_000), "accepted")
                .then(buy("B", "1", "10.00"), "accepted")
                .order("A", "ACTIVE, filled 0, held 10")
                .order("B", "ACTIVE, filled 0, held 11");
        var account = books.account.account();
        assertThat(account.getName()).isEqualTo("new");
        assertThat(account.getOwner()).isEqualTo("owner");
        assertThat(account.getMarketPermissions()).containsExactly("XETR");
        assertThat(account.getCostMethod()).isEqualTo(CostMethod.FIFO);

        books.then(new UpdateAccount(null, List.of(), null), "accepted");
        assertThat(books.account.account().getMarketPermissions()).isEmpty();
        assertThat(books.account.account().getTakerFeeRate()).isEqualTo(100_000);
    }

    @Test
    void an_instrument_of_a_market_needs_a_permission() {
        var books = Books.of("50.00").then(buy("A", "1", "10.00"), "accepted");
        books.reference.market("ABC-USD", "XETR");

        books.then(buy("B", "1", "10.00"), "instrument_not_permitted")
                .then(buy("B2", "-1", "10.00"), "instrument_not_permitted")
                .then(new UpdateAccount(null, List.of("XNYS", "XETR"), null), "accepted")
                .then(buy("C", "1", "10.00"), "accepted")
                .then(new UpdateAccount(null, List.of("XNYS"), null), "accepted")
                .then(buy("D", "1", "10.00"), "instrument_not_permitted")
                .then(bought("A", "e1", "1", "10.00"), "settled")
                .then(amendPrice("C", "9.00"), "accepted");
    }
}
