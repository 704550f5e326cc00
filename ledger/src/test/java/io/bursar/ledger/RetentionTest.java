package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Duration MICROSECOND = Duration.ofNanos(1000);
    private static final LedgerRules RULES = LedgerRules.DEFAULT;

    private final Books books = Books.of("50.00")
            .then(buy("OPEN", "1", "9.00"), "accepted")
            .then(buy("CLOSED", "1", "9.00"), "accepted")
            .then(bought("CLOSED", "e1", "0.5", "9.00"), "settled")
            .then(cancel("CLOSED"), "accepted")
            .then(buy("WAITING", "1", "9.00"), "accepted")
            .then(bought("WAITING", "e1", "2", "9.00"), "suspended: overfill, limit 10000, given 20000")
            .then(cancel("WAITING"), "accepted")
            .then("d", deposit("1.00", "USD"), "accepted");

    @Test
    void a_closed_order_is_remembered_to_the_end_of_its_window() {
        var closed = books.account.order("CLOSED");

        assertThat(Retention.isForgotten(closed, after(RULES.orderMemory()), RULES))
                .isFalse();
        assertThat(Retention.isForgotten(closed, after(RULES.orderMemory().plus(MICROSECOND)), RULES))
                .isTrue();
    }

    @Test
    void an_open_order_and_one_with_a_suspended_fill_are_never_forgotten() {
        var inAHundredYears = after(Duration.ofDays(36_500));

        assertThat(Retention.isForgotten(books.account.order("OPEN"), inAHundredYears, RULES))
                .isFalse();
        assertThat(Retention.isForgotten(books.account.order("WAITING"), inAHundredYears, RULES))
                .isFalse();
    }

    @Test
    void a_command_is_remembered_to_the_end_of_its_window() {
        var command = books.account.command("d");

        assertThat(Retention.isForgotten(command, after(RULES.commandMemory()), RULES))
                .isFalse();
        assertThat(Retention.isForgotten(command, after(RULES.commandMemory().plus(MICROSECOND)), RULES))
                .isTrue();
    }

    @Test
    void an_execution_s_row_stays_for_as_long_as_its_order_could_still_come() {
        var execution = books.account.execution("CLOSED", "e1");
        var window = RULES.commandMemory().plus(RULES.orderMemory());

        assertThat(Retention.isForgotten(execution, after(window), RULES)).isFalse();
        assertThat(Retention.isForgotten(execution, after(window.plus(MICROSECOND)), RULES))
                .isTrue();
    }

    @Test
    void other_periods_can_be_set() {
        var day = Duration.ofDays(1);
        var hour = Duration.ofHours(1);
        var rules = new LedgerRules(hour, day, hour, hour, day, day, 1);

        assertThat(Retention.isForgotten(books.account.order("CLOSED"), after(hour), rules))
                .isFalse();
        assertThat(Retention.isForgotten(books.account.order("CLOSED"), after(hour.plus(MICROSECOND)), rules))
                .isTrue();
        assertThat(Retention.isForgotten(books.account.command("d"), after(day), rules))
                .isFalse();
        assertThat(Retention.isForgotten(books.account.command("d"), after(day.plus(MICROSECOND)), rules))
                .isTrue();
    }

    private static Instant after(Duration sinceDay0) {
        return DAY_0.plus(sinceDay0);
    }
}
