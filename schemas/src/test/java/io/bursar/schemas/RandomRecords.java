package io.bursar.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records of any generated class, with everything that its schema allows, the unlikely more often than in life. */
public final class RandomRecords {
    private static final List<String> TEXTS =
            List.of("", "a", "BTC-USDT", "ord-2026-0302-000417", "x".repeat(63), "x".repeat(64), "y".repeat(9_000));
    private static final List<String> WIDE_TEXTS = List.of(
            "é", "x".repeat(62) + "ß", "Żółw", "日本".repeat(40), "a😀b", "half \ud83d", "\u0000", "\u007f", "\u0080");
    private static final long[] LONGS = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        8191,
        8192,
        1L << 34,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;

    public RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    public <T extends SpecificRecord> T next(Class<T> type) {
        return type.cast(record(SpecificData.get().getSchema(type)));
    }

    private Object record(Schema schema) {
        var record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case RECORD -> record(schema);
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case ARRAY -> array(schema.getElementType());
            case STRING -> text();
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) number();
            case LONG -> schema.getLogicalType() == null ? number() : instant();
            case ENUM ->
                SpecificData.get()
                        .createEnum(
                                schema.getEnumSymbols()
                                        .get(random.nextInt(
                                                schema.getEnumSymbols().size())),
                                schema);
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(200)));
            case FIXED -> SpecificData.get().createFixed(null, bytes(schema.getFixedSize()), schema);
            default -> throw new IllegalArgumentException("No contract has had a " + schema.getType() + " so far");
        };
    }

    private List<Object> array(Schema items) {
        int size = random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(4);
        var list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(value(items));
        }
        return list;
    }

    private String text() {
        List<String> texts = random.nextInt(4) == 0 ? WIDE_TEXTS : TEXTS;
        return texts.get(random.nextInt(random.nextInt(8) == 0 ? texts.size() : Math.min(6, texts.size())));
    }

    private long number() {
        return random.nextBoolean()
                ? LONGS[random.nextInt(LONGS.length)]
                : random.nextLong() >> random.nextInt(Long.SIZE);
    }

    /** At times finer than the schema's microseconds. */
    private Instant instant() {
        long micros = number();
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L),
                Math.floorMod(micros, 1_000_000L) * 1_000L + random.nextInt(2) * 999L);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
