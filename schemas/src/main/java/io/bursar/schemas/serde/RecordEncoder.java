package io.bursar.schemas.serde;

import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Writes records of one type with one schema id. Keeps its buffers, which grow to the largest record it has written;
 * for one thread only.
 */
public final class RecordEncoder<T extends SpecificRecord> {
    static {
        AvroSafety.apply();
    }

    private final Class<T> type;
    private final SpecificDatumWriter<T> writer;
    private final WireBuffer buffer;
    private BinaryEncoder encoder;

    /** @param schemaId as the registry gave it for the schema of this class */
    public RecordEncoder(Class<T> type, int schemaId) {
        this.type = type;
        this.writer = new SpecificDatumWriter<>(type);
        this.buffer = new WireBuffer(schemaId);
        this.encoder = EncoderFactory.get().binaryEncoder(buffer, null);
    }

    /**
     * The record in the wire format, in an array of its own.
     *
     * @throws SerializationException when the record breaks its schema, such as a null where a value is required; the
     *     encoder remains usable
     */
    public byte[] encode(T record) {
        buffer.clear();
        try {
            writer.write(record, encoder);
            encoder.flush();
            return buffer.toByteArray();
        } catch (IOException | RuntimeException e) {
            // The encoder still holds the first half of the record; it must not come out in front of the next one.
            encoder = EncoderFactory.get().binaryEncoder(buffer, null);
            throw new SerializationException(
                    "A " + type.getSimpleName() + " does not fit its schema: " + Causes.describe(e), e);
        }
    }
}
