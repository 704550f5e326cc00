package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void the_pause_doubles_with_every_quick_death_until_the_component_is_given_up() {
        var backoff = new RestartBackoff(4);

        assertThat(backoff.afterDeath(MOMENT)).contains(Duration.ofMillis(500));
        assertThat(backoff.afterDeath(MOMENT)).contains(Duration.ofSeconds(1));
        assertThat(backoff.afterDeath(MOMENT)).contains(Duration.ofSeconds(2));
        assertThat(backoff.afterDeath(MOMENT)).isEmpty();
    }

    @Test
    void a_long_life_forgives_earlier_deaths() {
        var backoff = new RestartBackoff(3);
        assertThat(backoff.afterDeath(MOMENT)).isPresent();
        assertThat(backoff.afterDeath(MOMENT)).isPresent();

        assertThat(backoff.afterDeath(DAY)).contains(Duration.ofMillis(500));
    }

    @Test
    void the_pause_has_an_upper_bound() {
        var backoff = new RestartBackoff(100);
        for (var death = 0; death < 50; death++) {
            assertThat(backoff.afterDeath(MOMENT)).isPresent();
        }

        assertThat(backoff.afterDeath(MOMENT)).contains(Duration.ofSeconds(30));
    }
}
