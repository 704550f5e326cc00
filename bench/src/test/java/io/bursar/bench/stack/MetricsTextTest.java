package io.bursar.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTextTest {
    private static final MetricsText PAGE = new MetricsText("""
            # TYPE lag gauge
            lag{topic="a",partition="0"} 5.0
            lag{topic="a",partition="1"} 7.5
            lag{topic="b",partition="0"} 1.0
            lag_max 9.0
            up 1.0
            """);

    @Test
    void series_are_found_by_name_and_label() {
        assertThat(PAGE.values("lag", "topic=\"a\"").toArray()).containsExactly(5.0, 7.5);
        assertThat(PAGE.values("lag", "").sum()).isEqualTo(13.5);
        assertThat(PAGE.values("up", "").toArray()).containsExactly(1.0);
        assertThat(PAGE.values("la", "").toArray()).isEmpty();
    }
}
