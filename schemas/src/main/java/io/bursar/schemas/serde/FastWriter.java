package io.bursar.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Writes records of one type in Avro's binary encoding, behind a header that is always the same. The bytes are those of
 * Avro's {@code SpecificDatumWriter}, at a fraction of its cost. Keeps its buffer, which grows to the largest record it
 * has written; for one thread only.
 */
public final class FastWriter<T extends SpecificRecord> {
    private final Class<T> type;
    private final WireOutput output;

    /**
     * @param type a class generated from the contracts
     * @param header what every value begins with
     * @throws IllegalArgumentException when the class was generated elsewhere
     */
    public FastWriter(Class<T> type, byte... header) {
        this.type = requireGenerated(type);
        this.output = new WireOutput(header);
    }

    /**
     * Header and record, in an array of its own.
     *
     * @throws SerializationException when the record breaks its schema, such as a null where a value is required; the
     *     writer remains usable
     */
    public byte[] write(T record) {
        output.clear();
        try {
            ((WireRecord) record).writeTo(output);
            return output.toByteArray();
        } catch (RuntimeException e) {
            throw new SerializationException(
                    "A " + type.getSimpleName() + " does not fit its schema: " + Causes.describe(e), e);
        }
    }

    static <T> Class<T> requireGenerated(Class<T> type) {
        if (!WireRecord.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(type.getName() + " is not a class generated from Bursar's contracts");
        }
        return type;
    }
}
