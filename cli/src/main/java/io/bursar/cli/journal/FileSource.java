package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.progress.Text;
import io.bursar.schemas.serde.SchemasById;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A journal in a file. */
final class FileSource implements JournalSource {
    private final Path file;
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final AtomicLong entries = new AtomicLong();

    FileSource(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public SchemasById schemas() {
        return id -> {
            var schema = schemas.get(id);
            if (schema == null) {
                throw new UnknownSchemaException("there is no schema " + id + " in the file before it");
            }
            return schema;
        };
    }

    @Override
    public void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        entries.set(0);
        try (var reader =
                new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>(null, JournalFile.SCHEMA))) {
            boolean ended = false;
            while (reader.hasNext()) {
                if (ended) {
                    throw new CommandException(file + " goes on after its end: it is no whole journal file.");
                }
                ended = take(reader.next(), each);
            }
            if (!ended) {
                throw new CommandException("%s is not whole: it breaks off after %s entries. Use another backup."
                        .formatted(file, Text.count(entries.get())));
            }
        } catch (IOException | AvroRuntimeException e) {
            throw JournalFile.unreadable(file, e);
        }
    }

    /** Whether it was the end. */
    private boolean take(GenericRecord item, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (item.getSchema().equals(JournalFile.ENTRY)) {
            each.accept(entry(item));
            entries.incrementAndGet();
            return false;
        }
        if (item.getSchema().equals(JournalFile.WRITER_SCHEMA)) {
            addSchema(item);
            return false;
        }
        long written = (Long) item.get("entries");
        if (written != entries.get()) {
            throw new CommandException("%s is not whole: it has %s entries, but %s were written."
                    .formatted(file, Text.count(entries.get()), Text.count(written)));
        }
        return true;
    }

    private void addSchema(GenericRecord item) {
        try {
            schemas.put(
                    (Integer) item.get("id"),
                    new Schema.Parser().parse(item.get("schema").toString()));
        } catch (SchemaParseException e) {
            throw JournalFile.unreadable(file, e);
        }
    }

    private ConsumerRecord<byte[], byte[]> entry(GenericRecord item) {
        var key = bytes(item.get("key"));
        var value = bytes(item.get("value"));
        return new ConsumerRecord<>(
                file.toString(),
                (Integer) item.get("partition"),
                (Long) item.get("offset"),
                (Long) item.get("timestamp"),
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                headers((List<?>) item.get("headers")),
                Optional.empty());
    }

    private static Headers headers(List<?> items) {
        var headers = new RecordHeaders();
        for (var item : items) {
            var header = (GenericRecord) item;
            headers.add(header.get("name").toString(), bytes(header.get("value")));
        }
        return headers;
    }

    private static byte[] bytes(Object value) {
        if (value == null) {
            return null;
        }
        var buffer = (ByteBuffer) value;
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public String done() {
        return Text.count(entries.get()) + " entries";
    }
}
