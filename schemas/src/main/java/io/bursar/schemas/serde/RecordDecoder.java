package io.bursar.schemas.serde;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
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
    /** How the records of one schema id are read. */
    private record Source<T>(DatumReader<T> reader, boolean hasOwnSchema) {}

    private final SchemasById schemas;
    private final SpecificData model;
    private final Schema readerSchema;
    private final FastReader<T> fastReader;
    private final Map<Integer, Source<T>> sources = new HashMap<>();

    // Nearly every record of a topic has the schema of the one before it.
    private int lastId = -1;
    private Source<T> lastSource;
    private BinaryDecoder decoder;

    /** @throws IllegalArgumentException when the class was not generated from the contracts */
    public RecordDecoder(Class<T> type, SchemasById schemas) {
        this.schemas = schemas;
        this.fastReader = new FastReader<>(type);
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
        Source<T> source = id == lastId ? lastSource : select(id);
        return source.hasOwnSchema() ? decodeFast(value, id, source) : decodeWithAvro(value, id, source);
    }

    private T decodeFast(byte[] value, int id, Source<T> source) {
        try {
            return fastReader.read(value, WireFormat.HEADER_BYTES);
        } catch (MalformedRecordException e) {
            // What is wrong, and whether something is, Avro says, so that one rule holds for every schema.
            return decodeWithAvro(value, id, source);
        }
    }

    private T decodeWithAvro(byte[] value, int id, Source<T> source) {
        int avroBytes = value.length - WireFormat.HEADER_BYTES;
        decoder = DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER_BYTES, avroBytes, decoder);
        T record = read(source.reader(), id, avroBytes);
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

    private Source<T> select(int id) {
        Source<T> source = sources.get(id);
        if (source == null) {
            source = createSource(id);
            sources.put(id, source);
        }
        lastId = id;
        lastSource = source;
        return source;
    }

    private Source<T> createSource(int id) {
        Schema writerSchema = schemas.schema(id);
        // Avro itself would read any record whose fields happen to fit.
        if (writerSchema.getType() != Schema.Type.RECORD
                || !writerSchema.getFullName().equals(readerSchema.getFullName())) {
            throw new MalformedRecordException("The value holds " + writerSchema.getFullName() + " (schema " + id
                    + ") where " + readerSchema.getFullName() + " is needed");
        }
        return new Source<>(new SpecificDatumReader<>(writerSchema, readerSchema, model), isOwn(writerSchema));
    }

    /** Whether the bytes are the same with both schemas; documentation, defaults and hints do not change them. */
    private boolean isOwn(Schema writerSchema) {
        return SchemaNormalization.toParsingForm(writerSchema).equals(SchemaNormalization.toParsingForm(readerSchema));
    }

    private MalformedRecordException unreadable(int id, int avroBytes, Throwable cause) {
        return new MalformedRecordException(
                "Avro cannot read the " + avroBytes + " bytes after the header as " + readerSchema.getFullName()
                        + " (schema " + id + "): " + Causes.describe(cause),
                cause);
    }
}
