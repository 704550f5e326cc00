package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.OrderExpired;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccountTimeTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    @Test
    void it_follows_what_is_accepted_and_never_goes_back() {
        var books = Books.opened().at(HOUR).then(deposit("1.00", "USD"), "accepted");
        assertThat(books.accountTime()).isEqualTo(HOUR);

        books.at(HOUR.multipliedBy(2))
                .then(withdraw("9.00", "USD"), "insufficient_funds, required 9.00 USD, available 1.00");
        books.then(bought("X", "e1", "1", "9.00"), "suspended: unknown_order");
        books.then("c1", deposit("1.00", "USD"), "command_id_reused");
        assertThat(books.accountTime())
                .as("after what was refused or suspended")
                .isEqualTo(HOUR);

        books.then("past", DAY_0, deposit("1.00", "USD"), "accepted");
        assertThat(books.accountTime()).as("after something from the past").isEqualTo(HOUR);
        assertThat(books.account.command("past").getDecidedAt()).isEqualTo(DAY_0.plus(HOUR));
    }

    @Test
    void a_command_may_run_five_minutes_ahead_of_its_record() {
        var books = Books.opened().then("d", DAY_0.plus(Duration.ofMinutes(5)), deposit("1.00", "USD"), "accepted");

        assertThat(books.accountTime()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_fill_is_a_fact_whatever_its_clock_said() {
        var books = Books.of("50.00").then(buy("A", "2", "9.00"), "accepted");

        var settled = books.decide(null, DAY_0.plus(Duration.ofDays(900)), bought("A", "e1", "1", "9.00"));
        assertThat(settled.entries().getFirst().getOccurredAt()).isEqualTo(DAY_0.plus(Duration.ofMinutes(5)));
        assertThat(books.accountTime()).isEqualTo(Duration.ofMinutes(5));

        books.decide(null, DAY_0.plus(Duration.ofDays(900)), bought("X", "e1", "1", "9.00"));
        assertThat(books.account.suspendedFills().iterator().next().getOccurredAt())
                .isEqualTo(DAY_0.plus(Duration.ofMinutes(5)));
    }

    @Test
    void overdue_orders_expire_before_a_command_the_earliest_deadline_first() {
        var books = Books.of("50.00")
                .then(buy("A", "1", "9.00").setExpiresAt(DAY_0.plus(HOUR.multipliedBy(2))), "accepted")
                .then(buy("B", "1", "9.00").setExpiresAt(DAY_0.plus(HOUR)), "accepted")
                .then(buy("C", "1", "9.00").setExpiresAt(DAY_0.plus(HOUR.multipliedBy(3))), "accepted")
                .at(HOUR.multipliedBy(3))
                .then(buy("D", "4.5", "9.00"), "expired B; expired A; accepted")
                .at(HOUR.multipliedBy(3).plus(MICROSECOND))
                .then(bought("C", "e1", "1", "9.00"), "expired C; settled late");

        assertThat(books.account.order("B").getClosedAt()).isEqualTo(DAY_0.plus(HOUR));
    }

    @Test
    void a_command_that_is_refused_expires_what_is_overdue_all_the_same() {
        Books.of("50.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .at(Duration.ofDays(8))
                .then(cancel("A"), "expired A; order_is_closed");
    }

    @Test
    void an_expiry_happens_at_the_deadline_and_has_no_cause() {
        var books = Books.of("50.00").then(buy("A", "1", "9.00"), "accepted").at(Duration.ofDays(9));

        var entry = books.decide("d", DAY_0.plus(Duration.ofDays(9)), deposit("1.00", "USD"))
                .entries()
                .getFirst();

        assertThat(entry.getBody()).isInstanceOf(OrderExpired.class);
        assertThat(entry.getOccurredAt()).isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
        assertThat(entry.getCommandId()).isNull();
        assertThat(entry.getSource()).isNull();
        assertThat(entry.getContentHash()).isNull();
    }

    @Test
    void a_deadline_that_lies_before_what_was_accepted_meanwhile_does_not_turn_time_back() {
        var books = Books.of("50.00")
                .then(buy("A", "1", "9.00"), "accepted")
                .at(Duration.ofDays(7))
                .then(deposit("1.00", "USD"), "accepted")
                .at(Duration.ofDays(8))
                .expire("expired A");

        assertThat(books.accountTime()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void the_timer_takes_as_many_as_it_is_told_the_earliest_first() {
        var books = Books.of("50.00")
                .then(buy("A", "1", "9.00").setExpiresAt(DAY_0.plus(HOUR.multipliedBy(2))), "accepted")
                .then(buy("B", "1", "9.00").setExpiresAt(DAY_0.plus(HOUR)), "accepted");
        var ledger = new Ledger(books.reference, LedgerRules.DEFAULT);

        var decision = ledger.expire(books.account, DAY_0.plus(Duration.ofDays(1)), 1);

        assertThat(Books.outcome(decision)).isEqualTo("expired B");
        assertThat(decision.answer()).isNull();
    }
}
