package io.bursar.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void it_has_the_smallest_the_median_and_the_largest_round() {
        assertThat(Figure.of(30, 10, 20)).isEqualTo(new Figure(10, 20, 30));
        assertThat(Figure.of(7)).isEqualTo(new Figure(7, 7, 7));
    }

    @Test
    void of_an_even_number_of_rounds_the_median_lies_between_the_two_in_the_middle() {
        assertThat(Figure.of(4, 1, 3, 2)).isEqualTo(new Figure(1, 2.5, 4));
    }

    @Test
    void no_rounds_make_no_figure() {
        assertThatIllegalArgumentException().isThrownBy(() -> Figure.of());
    }

    @Test
    void people_read_three_digits_and_the_spread() {
        assertThat(Figure.of(20_365, 19_599, 21_985)).hasToString("20,365 (19,599 to 21,985)");
        assertThat(Figure.of(0.104)).hasToString("0.10");
        assertThat(Figure.of(12.34)).hasToString("12.3");
    }

    @Test
    void percentiles_are_of_each_round_and_in_milliseconds() {
        var fast = Latency.histogram();
        var slow = Latency.histogram();
        for (int micros = 1; micros <= 1_000; micros++) {
            Latency.record(fast, micros);
            Latency.record(slow, micros * 10L);
        }

        var latency = Latency.of(List.of(fast, slow));

        assertThat(latency.p50Ms().min()).isBetween(0.49, 0.51);
        assertThat(latency.p50Ms().max()).isBetween(4.9, 5.1);
        assertThat(latency.p99Ms().min()).isBetween(0.98, 1.0);
        assertThat(latency.p999Ms().min()).isBetween(0.99, 1.01);
        assertThat(latency.maxMs().max()).isBetween(9.9, 10.1);
    }

    @Test
    void a_clock_that_steps_back_is_no_wait_below_zero() {
        var histogram = Latency.histogram();

        Latency.record(histogram, -5);

        assertThat(histogram.getMaxValue()).isZero();
        assertThat(histogram.getTotalCount()).isEqualTo(1);
    }
}
