package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.ledger.Accounts;
import io.bursar.schemas.state.AccountState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyReadingTest {
    private final Deque<Long> sequences = new ArrayDeque<>();
    private int readings;

    @Test
    void rows_between_two_equal_sequences_belong_to_it() {
        sequences.addAll(List.of(7L, 7L));

        var found = SteadyReading.of(this::account, this::rows).orElseThrow();

        assertThat(found.account().getSequence()).isEqualTo(7);
        assertThat(found.rows()).isEqualTo(1);
    }

    @Test
    void rows_are_read_again_when_an_entry_came_in_between() {
        sequences.addAll(List.of(7L, 8L, 9L, 9L));

        var found = SteadyReading.of(this::account, this::rows).orElseThrow();

        assertThat(found.account().getSequence()).isEqualTo(9);
        assertThat(found.rows()).as("the third reading").isEqualTo(3);
    }

    @Test
    void an_account_that_is_not_there_has_no_rows() {
        assertThat(SteadyReading.of(() -> null, this::rows)).isEmpty();
        assertThat(readings).isZero();
    }

    @Test
    void an_account_that_never_stands_still_is_given_up() {
        for (long sequence = 0; sequence < 1_000; sequence++) {
            sequences.add(sequence);
        }

        assertThatThrownBy(() -> SteadyReading.of(this::account, this::rows))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("account A1 changes faster than so many of its rows can be read; ask again, or for fewer");
        assertThat(readings).isLessThan(100);
    }

    private int rows() {
        readings++;
        return readings;
    }

    private AccountState account() {
        var account = Accounts.unopened("A1");
        account.setSequence(sequences.remove());
        return account;
    }
}
