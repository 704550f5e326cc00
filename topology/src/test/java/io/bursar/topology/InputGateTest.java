package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.processors.RegistryWaits;
import io.bursar.schemas.Fill;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.topology.InputGate.Patience;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InputGateTest {
    private static final int UNKNOWN = 1_000_000;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final RegistryWaits waits = new RegistryWaits();
    private final InputGate gate = new InputGate(registry, waits);

    @AfterEach
    void close() {
        registry.goOn();
        gate.close();
    }

    @Test
    void what_has_no_schema_id_passes_without_a_question() {
        assertThat(isOpen(new ConsumerRecord<>("orders", 0, 0, null, null))).isTrue();
        assertThat(isOpen(new ConsumerRecord<>("orders", 0, 0, null, new byte[] {1, 2, 3})))
                .isTrue();
        assertThat(registry.questions()).isZero();
    }

    @Test
    void an_id_passes_once_its_schema_is_cached_or_known_not_to_be_there() {
        int fill = registry.registerElsewhere(Fill.SCHEMA$);

        assertThat(isOpen(record(0, fill))).isTrue();
        assertThat(registry.isCached(fill)).isTrue();
        assertThat(isOpen(record(0, UNKNOWN))).isTrue();
    }

    @Test
    void many_ids_take_no_more_of_a_poll_together_than_one() {
        registry.stall();
        var patience = new Patience();

        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(gate.isOpenFor(record(i, UNKNOWN + i), patience)).isFalse();
        }

        // Each on its own would have taken 200 ms, all of them 10 s.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(InputGate.PATIENCE, Duration.ofSeconds(3));
    }

    @Test
    void what_was_waited_for_in_vain_is_not_waited_for_in_the_next_poll() {
        registry.stall();
        assertThat(isOpen(record(0, UNKNOWN))).isFalse();

        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(isOpen(record(0, UNKNOWN))).isFalse();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_refusal_that_is_remembered_passes_without_a_question() {
        assertThatThrownBy(() -> registry.resolve(UNKNOWN)).isInstanceOf(UnknownSchemaException.class);
        registry.stall();

        assertThat(isOpen(record(0, UNKNOWN))).isTrue();
    }

    @Test
    void only_a_registry_that_lets_wait_is_reported() {
        registry.stall();
        var patience = new Patience();

        assertThat(gate.isOpenFor(record(0, UNKNOWN), patience)).isFalse();
        assertThat(gate.isOpenFor(record(1, UNKNOWN + 1), patience)).isFalse();

        assertThat(waits.waiting())
                .containsExactly("orders-0: schema 1000000 at offset 7: the registry has not answered yet");
    }

    @Test
    void a_partition_waits_while_the_registry_is_away_and_passes_when_it_is_back() throws InterruptedException {
        registry.setReachable(false);
        int fill = registry.registerElsewhere(Fill.SCHEMA$);

        assertThat(isOpen(record(3, fill))).isFalse();
        assertThat(waits.waiting())
                .containsExactly("orders-3: schema 1 at offset 7: the registry of the test is switched off");
        int questions = registry.questions();
        assertThat(isOpen(record(3, fill))).isFalse();
        assertThat(registry.questions()).as("it is not asked again at once").isEqualTo(questions);

        registry.setReachable(true);
        while (!isOpen(record(3, fill))) {
            Thread.sleep(10);
        }
        gate.opened(new TopicPartition("orders", 3));
        assertThat(waits.waiting()).isEmpty();
    }

    /** In a poll of its own. */
    private boolean isOpen(ConsumerRecord<byte[], byte[]> record) {
        return gate.isOpenFor(record, new Patience());
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, int schemaId) {
        var value = ByteBuffer.allocate(6).put((byte) 0).putInt(schemaId).put((byte) 7);
        return new ConsumerRecord<>("orders", partition, 7, null, value.array());
    }
}
