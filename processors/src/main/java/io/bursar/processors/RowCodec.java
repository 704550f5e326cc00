package io.bursar.processors;

import io.bursar.processors.store.DueTime;
import io.bursar.schemas.serde.AvroSafety;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * Rows as bytes: one byte of format version, for some rows the {@link DueTime} that it begins, then Avro binary. For one
 * thread only.
 */
final class RowCodec<T extends SpecificRecord> {
    static {
        AvroSafety.apply();
    }

    private static final byte VERSION = 1;

    private final Class<T> type;
    private final byte[] beginning;
    private final SpecificDatumReader<T> reader;
    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    private RowCodec(Class<T> type, int beginningBytes) {
        this.type = type;
        beginning = new byte[beginningBytes];
        beginning[0] = VERSION;
        var model = SpecificData.getForClass(type);
        var schema = model.getSchema(type);
        reader = new SpecificDatumReader<>(schema, schema, model);
        writer = new SpecificDatumWriter<>(schema, model);
    }

    /** For rows that nothing is to be done about at any time. */
    static <T extends SpecificRecord> RowCodec<T> of(Class<T> type) {
        return new RowCodec<>(type, 1);
    }

    /** For rows that the store keeps an index of. */
    static <T extends SpecificRecord> RowCodec<T> withDueTime(Class<T> type) {
        return new RowCodec<>(type, DueTime.BYTES);
    }

    /** Of a row with a due time; {@code beforeMicros} is that of the value it takes the place of. */
    byte[] encode(T row, long dueMicros, long beforeMicros) {
        var value = encode(row);
        DueTime.write(value, dueMicros, beforeMicros);
        return value;
    }

    byte[] encode(T row) {
        buffer.reset();
        buffer.writeBytes(beginning);
        encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
        try {
            writer.write(row, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return buffer.toByteArray();
    }

    /** The row, or null for null. */
    T decode(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < beginning.length || bytes[0] != VERSION) {
            throw unreadable(bytes, null);
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, beginning.length, bytes.length - beginning.length, decoder);
        try {
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw unreadable(bytes, e);
        }
    }

    /** A row that cannot be read is no bad input but a broken store: the task must not go on. */
    private ProcessorStateException unreadable(byte[] bytes, Exception cause) {
        var version = bytes.length == 0 ? "none" : Byte.toString(bytes[0]);
        return new ProcessorStateException(
                "a stored " + type.getSimpleName() + " of " + bytes.length + " bytes and format version " + version
                        + " cannot be read; this version of Bursar reads format version " + VERSION,
                cause);
    }
}
