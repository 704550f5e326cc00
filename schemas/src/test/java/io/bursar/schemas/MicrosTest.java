package io.bursar.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrosTest {
    @Test
    void the_floor_is_what_the_java_platform_cuts_to() {
        var instants = List.of(
                Instant.EPOCH,
                Instant.EPOCH.plusNanos(1),
                Instant.EPOCH.plusNanos(999),
                Instant.EPOCH.minusNanos(1),
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                Instant.parse("2026-03-02T10:00:00.123456789Z"),
                Instant.MIN,
                Instant.MAX);

        for (var instant : instants) {
            assertThat(Micros.floor(instant)).isEqualTo(instant.truncatedTo(ChronoUnit.MICROS));
        }
    }

    @Test
    void an_instant_of_whole_microseconds_stays_the_same_object() {
        var whole = Instant.parse("2026-03-02T10:00:00.123456Z");

        assertThat(Micros.floor(whole)).isSameAs(whole);
    }
}
