package io.bursar.cli.journal;

import io.bursar.schemas.serde.SchemasById;
import io.bursar.schemas.serde.WireFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** Writes a journal file. For one thread only. */
final class JournalFileWriter implements Closeable {
    /** Higher ones take more time than they save space. */
    private static final int ZSTD_LEVEL = 3;

    /** Larger blocks compress better; one is held in memory. */
    private static final int BLOCK_BYTES = 1 << 20;

    private final DataFileWriter<GenericRecord> writer;
    private final SchemasById schemas;
    private final Set<Integer> written = new HashSet<>();
    private long entries;

    /**
     * Begins a file.
     *
     * @param topic that the records come from
     * @param schemas by the ids that the values name
     */
    JournalFileWriter(Path file, String topic, SchemasById schemas) throws IOException {
        this.schemas = schemas;
        writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(JournalFile.SCHEMA))
                .setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL))
                .setSyncInterval(BLOCK_BYTES)
                .setMeta(JournalFile.TOPIC, topic)
                .create(JournalFile.SCHEMA, file.toFile());
    }

    void write(ConsumerRecord<byte[], byte[]> record) throws IOException {
        int id = WireFormat.schemaId(record.value());
        if (written.add(id)) {
            var schema = new GenericData.Record(JournalFile.WRITER_SCHEMA);
            schema.put("id", id);
            schema.put("schema", schemas.schema(id).toString());
            writer.append(schema);
        }
        var entry = new GenericData.Record(JournalFile.ENTRY);
        entry.put("partition", record.partition());
        entry.put("offset", record.offset());
        entry.put("timestamp", record.timestamp());
        entry.put("key", ByteBuffer.wrap(record.key()));
        entry.put("headers", headers(record.headers()));
        entry.put("value", ByteBuffer.wrap(record.value()));
        writer.append(entry);
        entries++;
    }

    private static List<GenericRecord> headers(Headers headers) {
        var list = new ArrayList<GenericRecord>();
        for (var header : headers) {
            var item = new GenericData.Record(JournalFile.HEADER);
            item.put("name", header.key());
            item.put("value", header.value() == null ? null : ByteBuffer.wrap(header.value()));
            list.add(item);
        }
        return list;
    }

    /** Writes the end, without which the file is not whole. */
    void end() throws IOException {
        var end = new GenericData.Record(JournalFile.END);
        end.put("entries", entries);
        writer.append(end);
        writer.fSync();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
