package io.bursar.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordDecoderTest {
    private static final int ID = 7;

    /** Far above what any record of 64 KiB needs, far below what its bytes can announce. */
    private static final long MAX_ALLOCATION_BYTES = 16L * 1024 * 1024;

    @RegisterExtension
    static final RegistryProcess.Shared REGISTRY = new RegistryProcess.Shared();

    private final FixedSchemas schemas =
            new FixedSchemas().with(ID, Fill.SCHEMA$).with(8, OrderCommand.SCHEMA$);
    private final RecordDecoder<Fill> decoder = new RecordDecoder<>(Fill.class, schemas);

    @Test
    void a_bad_header_is_told_apart() {
        assertMalformed(null, "The value is null, where a record is needed");
        assertMalformed(
                new byte[] {0, 0, 0, 1},
                "The value is too short: 4 bytes, where the header alone (byte 0, four bytes of schema id) takes 5");
        assertMalformed(
                new byte[] {'{', 0, 0, 0, 7, 0},
                "The value begins with the magic byte 123, where the wire format needs 0");
        assertMalformed(new byte[] {0, -1, -1, -1, -5}, "The value names schema id -5, where ids are not negative");
        assertThatThrownBy(() -> decoder.decode(new byte[] {0, 0, 0, 0, 99}))
                .isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void the_schema_id_is_minus_one_where_there_is_none() {
        assertThat(WireFormat.schemaId(new byte[] {0, 1, 2, 3, 4})).isEqualTo(0x01020304);
        assertThat(WireFormat.schemaId(new byte[] {0, 0, 0, 0, (byte) 0x80, 1})).isEqualTo(128);
        assertThat(WireFormat.schemaId(new byte[] {1, 0, 0, 0, 4})).isEqualTo(-1);
        assertThat(WireFormat.schemaId(new byte[] {0, -1, 0, 0, 4})).isEqualTo(-1);
        assertThat(WireFormat.schemaId(new byte[] {0, 0, 0, 4})).isEqualTo(-1);
        assertThat(WireFormat.schemaId(null)).isEqualTo(-1);
    }

    @Test
    void a_record_of_another_type_is_malformed() {
        byte[] order = new RecordEncoder<>(OrderCommand.class, 8).encode(Samples.order());
        assertMalformed(
                order,
                "The value holds io.bursar.schemas.OrderCommand (schema 8) where io.bursar.schemas.Fill is needed");
        schemas.with(9, Schema.create(Schema.Type.LONG));
        assertMalformed(
                new byte[] {0, 0, 0, 0, 9, 2},
                "The value holds long (schema 9) where io.bursar.schemas.Fill is needed");
    }

    @Test
    void bytes_after_the_record_are_malformed() {
        byte[] value = fillBytes();
        assertMalformed(
                Arrays.copyOf(value, value.length + 3),
                "The value goes on after its io.bursar.schemas.Fill (schema 7): 3 bytes are left over");
    }

    @Test
    void a_record_that_ends_early_is_malformed() {
        byte[] value = fillBytes();
        for (int length = WireFormat.HEADER_BYTES; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatThrownBy(() -> decoder.decode(cut)).isInstanceOf(MalformedRecordException.class);
        }
        assertThat(decoder.decode(value)).isEqualTo(Samples.fill());
    }

    @Test
    void a_field_that_the_writer_did_not_know_gets_its_default() throws IOException {
        var older = new Schema.Parser()
                .parse(SchemaText.of(Fill.SCHEMA$).replaceFirst("\\{\"name\":\"liquidity\".*?\"UNKNOWN\"},", ""));
        assertThat(older.getField("liquidity")).isNull();

        assertThat(decoder.decode(written(20, older)))
                .isEqualTo(Fill.newBuilder(Samples.fill())
                        .setLiquidity(Liquidity.UNKNOWN)
                        .build());
    }

    @Test
    void a_field_that_only_the_writer_knows_is_skipped() throws IOException {
        var newer = new Schema.Parser()
                .parse(
                        SchemaText.of(Fill.SCHEMA$)
                                .replaceFirst(
                                        "\"fields\":\\[",
                                        "\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"long\"},\"default\":[1,2]},"));
        assertThat(decoder.decode(written(21, newer))).isEqualTo(Samples.fill());
    }

    @Test
    void a_command_that_only_newer_gateways_know_spoils_no_other_command() throws IOException {
        var newer = new Schema.Parser()
                .parse(
                        SchemaText.of(OrderCommand.SCHEMA$)
                                .replaceFirst(
                                        "\"name\":\"body\",\"type\":\\[",
                                        "\"name\":\"body\",\"type\":[{\"type\":\"record\",\"name\":\"ReplaceOrder\",\"fields\":[]},"));
        schemas.with(22, newer);
        var orders = new RecordDecoder<>(OrderCommand.class, schemas);
        var known = new GenericDatumReader<GenericRecord>(OrderCommand.SCHEMA$, newer)
                .read(null, DecoderFactory.get().binaryDecoder(plain(Samples.order()), null));
        byte[] knownBytes = withHeader(22, newer, known);
        known.put(
                "body",
                new GenericData.Record(
                        newer.getField("body").schema().getTypes().getFirst()));
        byte[] unknownBytes = withHeader(22, newer, known);

        assertThat(orders.decode(knownBytes)).isEqualTo(Samples.order());
        assertThatThrownBy(() -> orders.decode(unknownBytes))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("ReplaceOrder");
        assertThat(orders.decode(knownBytes)).isEqualTo(Samples.order());
    }

    @Test
    void endless_nesting_is_malformed() {
        var nested = new Schema.Parser()
                .parse(SchemaText.of(Fill.SCHEMA$)
                        .replaceFirst(
                                "\"fields\":\\[",
                                "\"fields\":[{\"name\":\"n\",\"type\":{\"type\":\"record\",\"name\":\"N\",\"fields\":"
                                        + "[{\"name\":\"n\",\"type\":[\"null\",\"N\"]}]}},"));
        schemas.with(23, nested);
        byte[] deep = new byte[1024 * 1024];
        Arrays.fill(deep, (byte) 2);
        WireFormat.writeHeader(deep, 23);

        assertThatThrownBy(() -> decoder.decode(deep)).isInstanceOf(MalformedRecordException.class);
        assertThat(decoder.decode(fillBytes())).isEqualTo(Samples.fill());
    }

    @Test
    void announced_gigabytes_are_not_allocated() {
        // The first field is a text; its length is a zigzag varint: 2,147,483,639.
        byte[] hugeText = {0, 0, 0, 0, ID, (byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'x'};
        assertThat(allocatedBy(() -> assertThatThrownBy(() -> decoder.decode(hugeText))
                        .isInstanceOf(MalformedRecordException.class)))
                .isLessThan(MAX_ALLOCATION_BYTES);
    }

    @Test
    void random_and_damaged_bytes_give_nothing_but_malformed_or_unknown() {
        try (var client = new SchemaRegistryClient(Map.of("schema.registry.url", REGISTRY.url()))) {
            int fillId = client.register("fuzz-fills-value", Fill.SCHEMA$);
            int orderId = client.register("fuzz-orders-value", OrderCommand.SCHEMA$);
            int entryId = client.register("fuzz-journal-value", JournalEntry.SCHEMA$);
            var samples = new byte[][] {
                new RecordEncoder<>(Fill.class, fillId).encode(Samples.fill()),
                new RecordEncoder<>(OrderCommand.class, orderId).encode(Samples.order()),
                new JournalSeal(entryId).seal(Samples.entry(), new Hash(new byte[32])),
            };
            var decoders = new RecordDecoder<?>[] {
                new RecordDecoder<>(Fill.class, client),
                new RecordDecoder<>(OrderCommand.class, client),
                new RecordDecoder<>(JournalEntry.class, client),
            };
            var random = new Random(20_260_302);
            int refused = 0;
            for (int i = 0; i < 30_000; i++) {
                int kind = i % samples.length;
                byte[] value = hostile(random, samples[kind]);
                refused += isRefused(decoders[kind], value) ? 1 : 0;
            }
            assertThat(refused).isGreaterThan(20_000);
            for (int kind = 0; kind < samples.length; kind++) {
                assertThat(isRefused(decoders[kind], samples[kind])).isFalse();
            }
        }
    }

    /** A third noise, a third noise behind a good header, a third a good record with a few wrong bytes. */
    private static byte[] hostile(Random random, byte[] good) {
        byte[] value;
        switch (random.nextInt(3)) {
            case 0 -> {
                value = new byte[random.nextInt(300)];
                random.nextBytes(value);
            }
            case 1 -> {
                value = new byte[WireFormat.HEADER_BYTES + random.nextInt(random.nextInt(100) == 0 ? 65_536 : 300)];
                random.nextBytes(value);
                System.arraycopy(good, 0, value, 0, WireFormat.HEADER_BYTES);
            }
            default -> {
                value = good.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    value[WireFormat.HEADER_BYTES + random.nextInt(good.length - WireFormat.HEADER_BYTES)] =
                            (byte) random.nextInt(256);
                }
            }
        }
        return value;
    }

    private static boolean isRefused(RecordDecoder<?> decoder, byte[] value) {
        var refused = new boolean[1];
        long allocated = allocatedBy(() -> {
            try {
                assertThat((Object) decoder.decode(value)).isNotNull();
            } catch (MalformedRecordException | UnknownSchemaException e) {
                assertThat(e).hasMessageNotContaining("null:");
                refused[0] = true;
            } catch (RuntimeException | Error e) {
                fail("Undefined failure on " + Arrays.toString(value), e);
            }
        });
        assertThat(allocated).isLessThan(MAX_ALLOCATION_BYTES);
        return refused[0];
    }

    private static long allocatedBy(Runnable action) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void assertMalformed(byte[] value, String message) {
        assertThatThrownBy(() -> decoder.decode(value))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage(message);
    }

    private static byte[] fillBytes() {
        return new RecordEncoder<>(Fill.class, ID).encode(Samples.fill());
    }

    /** The sample fill as a program with another version of the schema writes it. */
    private byte[] written(int id, Schema schema) throws IOException {
        schemas.with(id, schema);
        var record = new GenericDatumReader<GenericRecord>(Fill.SCHEMA$, schema)
                .read(null, DecoderFactory.get().binaryDecoder(plain(Samples.fill()), null));
        return withHeader(id, schema, record);
    }

    private static byte[] plain(org.apache.avro.specific.SpecificRecord sample) {
        byte[] value = sample instanceof Fill fill
                ? new RecordEncoder<>(Fill.class, ID).encode(fill)
                : new RecordEncoder<>(OrderCommand.class, ID).encode((OrderCommand) sample);
        return Arrays.copyOfRange(value, WireFormat.HEADER_BYTES, value.length);
    }

    private static byte[] withHeader(int id, Schema schema, GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[WireFormat.HEADER_BYTES]);
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        byte[] value = out.toByteArray();
        WireFormat.writeHeader(value, id);
        return value;
    }
}
