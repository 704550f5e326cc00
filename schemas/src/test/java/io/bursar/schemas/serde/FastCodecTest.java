package io.bursar.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Fill;
import io.bursar.schemas.GeneratedRecords;
import io.bursar.schemas.Hash;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.RandomRecords;
import io.bursar.schemas.Samples;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.ExecutionOutcome;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FastCodecTest {
    private static final int RECORDS = 400;

    static List<Class<? extends WireRecord>> types() throws IOException {
        return GeneratedRecords.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends WireRecord> void the_bytes_are_those_of_avro_and_mean_the_same_to_both(Class<T> type)
            throws IOException {
        var records = new RandomRecords(20_260_302);
        var avro = new PlainAvro<>(type);
        var writer = new FastWriter<>(type, (byte) 1, (byte) 2);
        var reader = new FastReader<>(type);
        for (int i = 0; i < RECORDS; i++) {
            T record = records.next(type);
            byte[] expected = avro.write(record);

            byte[] written = writer.write(record);

            assertThat(written).startsWith(1, 2);
            assertThat(Arrays.copyOfRange(written, 2, written.length)).isEqualTo(expected);
            assertThat(reader.read(written, 2)).isEqualTo(avro.read(expected)).hasSameHashCodeAs(avro.read(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends WireRecord> void damaged_bytes_are_read_as_avro_reads_them_or_refused_where_avro_refuses(Class<T> type)
            throws IOException {
        var random = new Random(7);
        var records = new RandomRecords(8);
        var avro = new PlainAvro<>(type);
        var writer = new FastWriter<>(type);
        var reader = new FastReader<>(type);
        for (int i = 0; i < 2 * RECORDS; i++) {
            byte[] damaged = damaged(random, writer.write(records.next(type)));
            T expected = readOrNull(avro, damaged);
            if (expected == null) {
                assertThatThrownBy(() -> reader.read(damaged, 0)).isInstanceOf(MalformedRecordException.class);
            } else {
                assertThat(reader.read(damaged, 0)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends WireRecord> void a_missing_value_is_refused_with_its_place(Class<T> type) {
        var records = new RandomRecords(9);
        var writer = new FastWriter<>(type);
        for (Schema.Field field : records.next(type).getSchema().getFields()) {
            T broken = records.next(type);
            if (field.schema().isNullable() || isPrimitive(broken.get(field.pos()), field.schema())) {
                continue;
            }
            broken.put(field.pos(), null);
            assertThatThrownBy(() -> writer.write(broken))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("A " + type.getSimpleName() + " does not fit its schema: ")
                    .hasMessageContaining(type.getSimpleName() + "." + field.name());
        }
    }

    @Test
    void a_missing_item_and_a_foreign_branch_are_refused_and_leave_nothing_behind() {
        var executions = new FastWriter<>(Execution.class);
        var execution = new Execution(
                "o", "e", List.of(new Hash(new byte[32])), Instant.EPOCH, ExecutionOutcome.SETTLED, 0L, 0L, null);
        byte[] good = executions.write(execution);
        assertThatThrownBy(() -> executions.write(new Execution(
                        "o",
                        "e",
                        Collections.<Hash>singletonList(null),
                        Instant.EPOCH,
                        ExecutionOutcome.SETTLED,
                        0L,
                        0L,
                        null)))
                .hasMessageContaining("Execution.contents holds null");
        assertThat(executions.write(execution)).isEqualTo(good);

        var order = Samples.order();
        order.setBody(Samples.fill());
        assertThatThrownBy(() -> new FastWriter<>(OrderCommand.class).write(order))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("OrderCommand.body holds no branch of its union");
    }

    @Test
    void instants_go_as_far_as_microseconds_do() throws IOException {
        var writer = new FastWriter<>(Fill.class);
        var reader = new FastReader<>(Fill.class);
        var avro = new PlainAvro<>(Fill.class);
        var earliest = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);
        var latest = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);
        for (var instant : List.of(earliest, latest, Instant.EPOCH, Instant.EPOCH.minusNanos(1))) {
            var fill = Fill.newBuilder(Samples.fill()).setOccurredAt(instant).build();
            assertThat(writer.write(fill)).isEqualTo(avro.write(fill));
            assertThat(reader.read(writer.write(fill), 0)).isEqualTo(avro.read(avro.write(fill)));
        }
        for (var instant : List.of(earliest.minusNanos(1_000), latest.plusNanos(1_000), Instant.MIN, Instant.MAX)) {
            var fill = Samples.fill();
            fill.setOccurredAt(instant);
            assertThatThrownBy(() -> writer.write(fill)).isInstanceOf(SerializationException.class);
            assertThatThrownBy(() -> avro.write(fill)).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void items_in_several_blocks_and_blocks_that_say_their_size_are_read() {
        byte[] hash = new byte[32];
        byte[] bytes = new byte[4 + 33 + 34 + 2 + 4];
        bytes[0] = 2;
        bytes[1] = 'o';
        bytes[2] = 2;
        bytes[3] = 'e';
        bytes[4] = 2;
        bytes[37] = 1;
        bytes[38] = 64;
        bytes[73] = 2;

        assertThat(new FastReader<>(Execution.class).read(bytes, 0))
                .isEqualTo(new Execution(
                        "o",
                        "e",
                        List.of(new Hash(hash), new Hash(hash)),
                        Instant.EPOCH,
                        ExecutionOutcome.SETTLED,
                        0L,
                        0L,
                        null));
    }

    @Test
    void refusals_say_what_is_wrong() {
        var reader = new FastReader<>(Fill.class);
        byte[] value = new FastWriter<>(Fill.class).write(Samples.fill());
        assertThatThrownBy(() -> reader.read(Arrays.copyOf(value, value.length + 3), 0))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("The bytes go on after their Fill: 3 are left over");
        assertThatThrownBy(() -> reader.read(new byte[] {0, 20, 'x'}, 1))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("The 2 bytes are no Fill: AvroRuntimeException:"
                        + " 10 bytes or items announced where 1 bytes are left");
        assertThat(reader.read(value, 0)).isEqualTo(Samples.fill());
    }

    @Test
    void classes_from_elsewhere_are_refused() {
        assertThatThrownBy(() -> new FastWriter<SpecificRecord>(SpecificRecord.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("org.apache.avro.specific.SpecificRecord is not a class generated from Bursar's contracts");
        assertThatThrownBy(() -> new FastReader<SpecificRecordBase>(SpecificRecordBase.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A part of the record, or the record with a few other bytes; at times the record itself and more. */
    private static byte[] damaged(Random random, byte[] good) {
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(good, random.nextInt(good.length + 3));
        }
        byte[] damaged = good.clone();
        for (int i = random.nextInt(3); i >= 0 && good.length > 0; i--) {
            damaged[random.nextInt(Math.min(good.length, 100))] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static <T extends WireRecord> T readOrNull(PlainAvro<T> avro, byte[] bytes) {
        try {
            T record = avro.read(bytes);
            return avro.isAtEnd() ? record : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static boolean isPrimitive(Object value, Schema schema) {
        return value instanceof Boolean
                || value instanceof Integer
                || (value instanceof Long && schema.getLogicalType() == null);
    }
}
