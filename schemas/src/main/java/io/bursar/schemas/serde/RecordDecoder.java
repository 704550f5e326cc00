package io.bursar.schemas.serde;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records of one type, whatever schema of that type they were written with: fields that the writer did not know
 * get their defaults, fields that the reader does not know are skipped. For one thread only.
 */
public final class RecordDecoder<T extends SpecificRecord> {
    static {
        AvroSafety.apply();
    }

    private final SchemasById schemas;
    private final SpecificData model;
    private final Schema readerSchema;
    private final Map<Integer, DatumReader<T>> readers = new HashMap<>();

    // Nearly every record of a topic has the schema of the one before it.
    private int lastId = -1;
    private DatumReader<T> lastReader;
    private BinaryDecoder decoder;

    public RecordDecoder(Class<T> type, SchemasById schemas) {
        this.schemas = schemas;
        this.model = SpecificData.getForClass(type);
        this.readerSchema = model.getSchema(type);
    }

    /**
     * The record in a value. Blocks while a registry is asked, when the value's schema id is not cached: {@link
     * SchemaRegistry#resolve} beforehand and {@link SchemaRegistry#cached} avoid that.
     *
     * @throws MalformedRecordException when the value is null, has no valid header, is of another record type, does not
     *     follow its schema, or goes on after the record
     * @throws UnknownSchemaException when the registry definitely does not know the value's schema id
     * @throws RegistryUnavailableException when the schema id is not cached and there is no usable answer
     */
    public T decode(byte[] value) {
        int id = WireFormat.requireSchemaId(value);
        DatumReader<T> reader = id == lastId ? lastReader : select(id);
        int avroBytes = value.length - WireFormat.HEADER_BYTES;
        decoder = DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER_BYTES, avroBytes, decoder);
        T record = read(reader, id, avroBytes);
        requireEnd(id);
        return record;
    }

    private T read(DatumReader<T> reader, int id, int avroBytes) {
        try {
            return reader.read(null, decoder);
        } catch (SecurityException e) {
            throw new IllegalStateException("Avro may not make the classes of " + readerSchema.getFullName(), e);
        } catch (IOException | RuntimeException e) {
            // Avro has no common exception for bad bytes: index, class cast and argument errors occur as well.
            throw unreadable(id, avroBytes, e);
        } catch (StackOverflowError e) {
            // A foreign schema may nest without end, and the bytes say how deep.
            throw unreadable(id, avroBytes, e);
        }
    }

    private void requireEnd(int id) {
        try {
            if (!decoder.isEnd()) {
                throw new MalformedRecordException("The value goes on after its " + readerSchema.getFullName()
                        + " (schema " + id + "): " + decoder.inputStream().available() + " bytes are left over");
            }
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory cannot fail", e);
        }
    }

    private DatumReader<T> select(int id) {
        DatumReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = createReader(id);
            readers.put(id, reader);
        }
        lastId = id;
        lastReader = reader;
        return reader;
    }

    private DatumReader<T> createReader(int id) {
        Schema writerSchema = schemas.schema(id);
        // Avro itself would read any record whose fields happen to fit.
        if (writerSchema.getType() != Schema.Type.RECORD
                || !writerSchema.getFullName().equals(readerSchema.getFullName())) {
            throw new MalformedRecordException("The value holds " + writerSchema.getFullName() + " (schema " + id
                    + ") where " + readerSchema.getFullName() + " is needed");
        }
        return new SpecificDatumReader<>(writerSchema, readerSchema, model);
    }

    private MalformedRecordException unreadable(int id, int avroBytes, Throwable cause) {
        return new MalformedRecordException(
                "Avro cannot read the " + avroBytes + " bytes after the header as " + readerSchema.getFullName()
                        + " (schema " + id + "): " + Causes.describe(cause),
                cause);
    }
}
