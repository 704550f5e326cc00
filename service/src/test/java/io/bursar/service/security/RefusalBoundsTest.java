package io.bursar.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RefusalBoundsTest {
    private final RefusalBounds bounds = new RefusalBounds();

    @Test
    void an_address_gets_a_few_events_and_the_rest_is_counted() {
        long admitted = IntStream.range(0, 1_000)
                .filter(i -> bounds.admits("192.0.2.1"))
                .count();

        assertThat(admitted).isBetween(2L * RefusalBounds.PER_ADDRESS, 3L * RefusalBounds.PER_ADDRESS);
        assertThat(bounds.takeUnrecorded()).isEqualTo(1_000 - admitted);
        assertThat(bounds.takeUnrecorded()).isZero();
        assertThat(bounds.admits("192.0.2.2")).isTrue();
    }

    @Test
    void many_addresses_get_no_more_than_all_may_have() {
        long admitted = IntStream.range(0, 20_000)
                .filter(i -> bounds.admits("2001:db8::" + Integer.toHexString(i)))
                .count();

        assertThat(admitted).isBetween(2L * RefusalBounds.OF_ALL, 10L * RefusalBounds.OF_ALL);
    }
}
