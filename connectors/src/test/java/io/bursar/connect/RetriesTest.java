package io.bursar.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private long nowMs = 5;
    private final Retries retries =
            new Retries(Duration.ofMinutes(10), () -> nowMs * 1_000_000, new SplittableRandom(1));

    @Test
    void waits_double_up_to_half_a_minute_and_are_shortened_at_random() {
        for (long most : new long[] {250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            assertThat(retries.failed().orElseThrow()).isBetween(most / 2, most);
        }
    }

    @Test
    void it_is_given_up_when_the_time_since_the_first_failure_is_over() {
        assertThat(retries.failed()).isPresent();
        nowMs += 599_999;
        assertThat(retries.failed()).isPresent();
        nowMs += 1;
        assertThat(retries.failed()).isEmpty();
        assertThat(retries).hasToString("3 attempts in 600 s");
    }

    @Test
    void a_success_begins_anew() {
        for (int i = 0; i < 8; i++) {
            assertThat(retries.failed()).isPresent();
        }
        retries.succeeded();
        nowMs += 900_000;

        assertThat(retries.failed().orElseThrow()).isLessThanOrEqualTo(250);
        assertThat(retries).hasToString("1 attempt in 0 s");
    }

    @Test
    void without_time_there_is_one_attempt() {
        assertThat(new Retries(Duration.ZERO, () -> 0, new SplittableRandom(1)).failed())
                .isEmpty();
    }
}
