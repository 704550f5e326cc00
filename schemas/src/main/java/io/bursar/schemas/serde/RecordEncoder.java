package io.bursar.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Writes records of one type with one schema id. Keeps its buffer, which grows to the largest record it has written; for
 * one thread only.
 */
public final class RecordEncoder<T extends SpecificRecord> {
    private final FastWriter<T> writer;

    /**
     * @param schemaId as the registry gave it for the schema of this class
     * @throws IllegalArgumentException when the class was not generated from the contracts
     */
    public RecordEncoder(Class<T> type, int schemaId) {
        this.writer = new FastWriter<>(type, WireFormat.header(schemaId));
    }

    /**
     * The record in the wire format, in an array of its own.
     *
     * @throws SerializationException when the record breaks its schema, such as a null where a value is required; the
     *     encoder remains usable
     */
    public byte[] encode(T record) {
        return writer.write(record);
    }
}
