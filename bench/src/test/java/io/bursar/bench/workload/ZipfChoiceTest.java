package io.bursar.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZipfChoiceTest {
    private static final int ACCOUNTS = 1_000;

    private final ZipfChoice choice = new ZipfChoice(ACCOUNTS, 0.99);

    @Test
    void the_shares_follow_the_law_and_make_a_whole() {
        assertThat(choice.share(0) / choice.share(1)).isEqualTo(Math.pow(2, 0.99), offset(1e-9));
        assertThat(choice.share(0) / choice.share(99)).isEqualTo(Math.pow(100, 0.99), offset(1e-6));
        assertThat(IntStream.range(0, ACCOUNTS).mapToDouble(choice::share).sum())
                .isEqualTo(1, offset(1e-9));
    }

    @Test
    void accounts_are_chosen_as_often_as_their_shares_say() {
        int draws = 200_000;
        var random = new SplittableRandom(7);
        var counts = new int[ACCOUNTS];
        for (int i = 0; i < draws; i++) {
            counts[choice.next(random)]++;
        }

        Arrays.sort(counts);

        assertThat(counts[ACCOUNTS - 1] / (double) draws).isEqualTo(choice.share(0), offset(0.01));
        assertThat(counts[ACCOUNTS - 2] / (double) draws).isEqualTo(choice.share(1), offset(0.01));
        assertThat(counts[0]).isPositive();
    }
}
