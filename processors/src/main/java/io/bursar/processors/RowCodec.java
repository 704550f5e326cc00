package io.bursar.processors;

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

/** Rows as bytes: one byte of format version, then Avro binary. For one thread only. */
final class RowCodec<T extends SpecificRecord> {
    static {
        AvroSafety.apply();
    }

    private static final byte VERSION = 1;

    private final Class<T> type;
    private final SpecificDatumReader<T> reader;
    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    RowCodec(Class<T> type) {
        this.type = type;
        var model = SpecificData.getForClass(type);
        var schema = model.getSchema(type);
        reader = new SpecificDatumReader<>(schema, schema, model);
        writer = new SpecificDatumWriter<>(schema, model);
    }

    byte[] encode(T row) {
        buffer.reset();
        buffer.write(VERSION);
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
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw unreadable(bytes, null);
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
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
