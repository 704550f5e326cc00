package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.discard;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.suspend;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Deposit;
import io.bursar.schemas.OrderRejected;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    @Test
    void a_command_sent_again_is_answered_as_the_first_time_and_does_nothing() {
        var books = Books.opened()
                .then("d", deposit("5.00", "USD"), "accepted")
                .then("w", withdraw("9.00", "USD"), "insufficient_funds, required 9.00 USD, available 5.00")
                .then("d2", deposit("5.00", "USD"), "accepted")
                .then("d", deposit("5.00", "USD"), "again: accepted")
                .then("w", withdraw("9.00", "USD"), "again: insufficient_funds, required 9.00 USD, available 5.00")
                .holds("USD", "10, reserved 0");

        assertThat(books.decide("w", DAY_0, withdraw("9.00", "USD")).answer().sequence())
                .isEqualTo(3);
    }

    @Test
    void an_order_sent_again_is_known_by_its_order_id_whatever_its_command_id() {
        var books = Books.of("10.00")
                .then("x", buy("A", "1", "9.00"), "accepted")
                .then("y", buy("A", "1", "9.00"), "again: accepted")
                .then("x", buy("A", "1", "8.00"), "order_id_reused")
                .then("x", buy("B", "0.1", "9.00"), "accepted")
                .then("x", deposit("1.00", "USD"), "accepted")
                .then(cancel("A"), "accepted")
                .then("z", buy("A", "1", "9.00"), "again: accepted");

        assertThat(books.decide("z", DAY_0, buy("A", "1", "9.00")).answer().sequence())
                .isEqualTo(3);
    }

    @Test
    void a_command_id_is_spent_over_all_topics() {
        Books.opened()
                .then("x", deposit("5.00", "USD"), "accepted")
                .then("x", deposit("5.01", "USD"), "command_id_reused")
                .then("x", withdraw("5.00", "USD"), "command_id_reused")
                .then("x", suspend(), "command_id_reused")
                .then("x", cancel("A"), "command_id_reused")
                .then("x", open(0), "command_id_reused")
                .then("x", deposit("5.00", "USD"), "again: accepted");
    }

    @Test
    void a_time_is_not_content() {
        Books.opened()
                .then("x", DAY_0, deposit("5.00", "USD"), "accepted")
                .then("x", DAY_0.plus(MICROSECOND), deposit("5.00", "USD"), "again: accepted")
                .then("y", DAY_0, bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then("y", DAY_0.plus(MICROSECOND), bought("A", "e1", "1", "9.00"), "again: accepted");
    }

    @Test
    void a_refusal_that_another_day_may_change_leaves_the_id_unspent() {
        var books = new Books();
        var payment = new Deposit("NEW", 1L, null, null);
        books.then("d", payment, "account_not_found")
                .then("p", buy("A", "1", "9.00").setInstrument("NEW-USD"), "account_not_found")
                .then(open(0), "accepted")
                .then("d", payment, "asset_not_found")
                .then("p", buy("A", "1", "9.00").setInstrument("NEW-USD"), "instrument_not_found");
        books.reference.asset("NEW", 4).instrument("NEW-USD", 2);
        books.then("d", payment, "accepted")
                .then(
                        "p",
                        buy("A", "1", "9.00").setInstrument("NEW-USD"),
                        "insufficient_funds, required 9.00 USD, available 0.00")
                .then(
                        "p",
                        buy("A", "1", "9.00").setInstrument("NEW-USD"),
                        "again: insufficient_funds, required 9.00 USD, available 0.00");
    }

    @Test
    void a_command_refused_for_its_time_may_come_again_in_time() {
        var late = DAY_0.plus(Duration.ofMinutes(5)).plus(MICROSECOND);
        Books.opened()
                .then(
                        "d",
                        late,
                        deposit("5.00", "USD"),
                        "occurred_in_the_future, limit 1772409900000000, given 1772409900000001")
                .at(MICROSECOND)
                .then("d", late, deposit("5.00", "USD"), "accepted");
    }

    @Test
    void an_id_that_was_refused_as_reused_is_still_the_first_one_s() {
        Books.of("20.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(buy("A", "2", "9.00"), "order_id_reused")
                .then(buy("A", "1", "9.00"), "again: accepted")
                .then(buy("A", "2", "9.00"), "order_id_reused")
                .then(cancel("A"), "accepted")
                .order("A", "CANCELLED, filled 0, held 0");
    }

    @Test
    void a_rejected_order_s_id_is_spent() {
        Books.of("5.00")
                .then(buy("A", "1", "9.00"), "insufficient_funds, required 9.00 USD, available 5.00")
                .then(deposit("5.00", "USD"), "accepted")
                .then(buy("A", "1", "8.00"), "order_id_reused")
                .then(buy("A", "1", "9.00"), "again: insufficient_funds, required 9.00 USD, available 5.00");
    }

    @Test
    void an_execution_is_known_by_its_order_and_its_id() {
        Books.of("50.00")
                .then(buy("A", "3", "9.00"), "accepted")
                .then(buy("B", "1", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.00"), "settled")
                .then(bought("B", "e1", "1", "9.00"), "settled")
                .then(bought("A", "e1", "1", "9.00"), "again: accepted")
                .then(bought("A", "e1", "2", "9.00"), "suspended: execution_id_reused")
                .then(bought("A", "e1", "2", "9.00"), "again: accepted")
                .then(bought("A", "e1", "1", "8.00"), "suspended: execution_id_reused")
                .then(bought("A", "e1", "1", "9.00"), "again: accepted")
                .order("A", "PARTIALLY_FILLED, filled 1, held 18");
    }

    @Test
    void a_repeat_expires_nothing_and_another_content_does() {
        Books.of("50.00")
                .then("d", deposit("1.00", "USD"), "accepted")
                .then(bought("X", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(buy("A", "1", "9.00"), "accepted")
                .at(Duration.ofDays(8))
                .then("d", deposit("1.00", "USD"), "again: accepted")
                .then(buy("A", "1", "9.00"), "again: accepted")
                .then(bought("X", "e1", "1", "9.00"), "again: accepted")
                .then(bought("X", "e1", "2", "9.00"), "expired A; suspended: execution_id_reused");
    }

    @Test
    void a_command_is_remembered_for_30_days_and_too_old_afterwards() {
        var books = Books.opened()
                .then("x", deposit("5.00", "USD"), "accepted")
                .at(Duration.ofDays(30))
                .then("y", deposit("1.00", "USD"), "accepted")
                .then("x", DAY_0, deposit("5.00", "USD"), "again: accepted")
                .at(Duration.ofDays(30).plus(MICROSECOND))
                .then("z", deposit("1.00", "USD"), "accepted");

        assertThat(books.tell("x", DAY_0, deposit("5.00", "USD")))
                .isEqualTo("command_too_old, limit 1772409600000001, given 1772409600000000");
        books.holds("USD", "7, reserved 0");
    }

    @Test
    void a_closed_order_is_remembered_for_7_days_and_too_old_afterwards() {
        Books.of("50.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(cancel("A"), "accepted")
                .at(Duration.ofDays(7))
                .then(deposit("1.00", "USD"), "accepted")
                .then("p", DAY_0, buy("A", "1", "9.00"), "again: accepted")
                .then(bought("A", "e1", "0.5", "9.00"), "settled late")
                .at(Duration.ofDays(7).plus(MICROSECOND))
                .then(deposit("1.00", "USD"), "accepted")
                .then(
                        "p",
                        DAY_0,
                        buy("A", "1", "9.00"),
                        "command_too_old, limit 1772409600000001, given 1772409600000000")
                .then(bought("A", "e2", "0.5", "9.00"), "suspended: unknown_order")
                .then(bought("A", "e1", "0.5", "9.00"), "again: accepted");
    }

    @Test
    void an_open_order_is_never_too_old_to_be_known_again() {
        Books.of("50.00")
                .then(buy("A", "1", "9.00").setExpiresAt(DAY_0.plus(Duration.ofDays(30))), "accepted")
                .at(Duration.ofDays(20))
                .then(deposit("1.00", "USD"), "accepted")
                .then(
                        "p",
                        DAY_0,
                        buy("A", "1", "9.00").setExpiresAt(DAY_0.plus(Duration.ofDays(30))),
                        "again: accepted")
                .then(bought("A", "e1", "1", "9.00"), "settled");
    }

    @Test
    void an_execution_is_remembered_for_30_days_and_as_long_as_its_order() {
        Books.of("50.00")
                .then(buy("A", "2", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.00"), "settled")
                .then(bought("A", "e2", "1", "9.01"), "suspended: worse_than_limit, limit 900, given 901")
                .then(bought("B", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(discard(6), "discarded")
                .at(Duration.ofDays(30))
                .then(deposit("1.00", "USD"), "expired A; accepted")
                .then(bought("B", "e1", "1", "9.00"), "again: accepted")
                .at(Duration.ofDays(30).plus(MICROSECOND))
                .then(deposit("1.00", "USD"), "accepted")
                // A has a suspended fill, so it is still known; B was never known.
                .then(bought("A", "e1", "1", "9.00"), "again: accepted")
                .then(bought("B", "e1", "1", "9.00"), "suspended: unknown_order");
    }

    @Test
    void an_execution_id_used_again_after_it_was_forgotten_starts_anew() {
        Books.of("50.00")
                .then(bought("B", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(discard(3), "discarded")
                .at(Duration.ofDays(31))
                .then(deposit("1.00", "USD"), "accepted")
                .then(bought("B", "e1", "2", "9.00"), "suspended: unknown_order")
                // The content of a month ago is forgotten, and so another one than this month's.
                .then(bought("B", "e1", "1", "9.00"), "suspended: execution_id_reused");
    }

    @Test
    void an_execution_id_is_forgotten_by_the_expiries_that_come_first() {
        Books.of("50.00")
                .then(bought("X", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(discard(3), "discarded")
                .at(Duration.ofDays(5))
                .then(buy("A", "1", "9.00").setExpiresAt(DAY_0.plus(Duration.ofDays(35))), "accepted")
                .at(Duration.ofDays(36))
                .then(bought("X", "e1", "2", "9.00"), "expired A; suspended: unknown_order")
                .then(bought("X", "e1", "1", "9.00"), "suspended: execution_id_reused");
    }

    @Test
    void an_order_keeps_the_executions_that_were_known_when_it_was_placed_and_no_others() {
        var day30 = DAY_0.plus(Duration.ofDays(30));
        Books.of("50.00")
                .then(bought("A", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(bought("B", "e1", "1", "9.00"), "suspended: unknown_order")
                .then(discard(3), "discarded")
                .then(discard(4), "discarded")
                .at(Duration.ofDays(31))
                .then("a", day30, buy("A", "1", "9.00"), "accepted")
                .then("b", day30.plus(MICROSECOND), buy("B", "1", "9.00"), "accepted")
                .then(bought("A", "e1", "1", "9.00"), "again: accepted")
                .then(bought("B", "e1", "1", "9.00"), "settled");
    }

    @Test
    void a_forgotten_order_id_can_be_used_for_another_order() {
        Books.of("50.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .then(cancel("A"), "accepted")
                .at(Duration.ofDays(8))
                .then(deposit("1.00", "USD"), "accepted")
                .then(buy("A", "2", "9.00"), "accepted")
                .order("A", "ACTIVE, filled 0, held 18");
    }

    @Test
    void an_order_too_old_or_too_early_is_journalled_and_not_remembered() {
        var books = Books.opened();
        var decision = books.decide("p", DAY_0.plus(Duration.ofHours(1)), buy("A", "1", "9.00"));

        assertThat(decision.entries()).hasSize(1);
        assertThat(decision.entries().getFirst().getBody()).isInstanceOf(OrderRejected.class);
        assertThat(decision.entries().getFirst().getOrder()).isNull();
        assertThat(books.account.order("A")).isNull();
    }
}
