package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/**
 * Writes to topics that are partitioned by account, many records at a time. For one thread, except for {@link
 * #acknowledged}.
 */
final class EntryProducer implements AutoCloseable {
    private final Connection connection;
    private final Producer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<Integer, Integer> schemaIds = new HashMap<>();

    EntryProducer(Connection connection) {
        this.connection = connection;
        this.producer = connection.byteProducer();
    }

    /** Writes an entry to a journal, with the id that the registry of this system gives its schema. */
    void writeEntry(ConsumerRecord<byte[], byte[]> record, JournalSource source, String journal, int partitions) {
        var value = record.value().clone();
        var wire = ByteBuffer.wrap(value);
        int id = schemaIds.computeIfAbsent(
                wire.getInt(1),
                named -> connection
                        .registry()
                        .idOf(journal + "-value", source.schemas().schema(named)));
        wire.putInt(1, id);
        send(new ProducerRecord<>(
                journal,
                partition(record.key(), partitions),
                record.timestamp(),
                record.key(),
                value,
                record.headers()));
    }

    /** Hands a record over; {@link #flush} tells whether it arrived. */
    void send(ProducerRecord<byte[], byte[]> record) {
        var failed = failure.get();
        if (failed != null) {
            throw notWritten(failed);
        }
        try {
            var unused = producer.send(record, (metadata, exception) -> {
                if (exception == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failure.compareAndSet(null, exception);
                }
            });
        } catch (KafkaException e) {
            throw notWritten(e);
        }
    }

    /**
     * Returns when all is written.
     *
     * @throws CommandException when something is not
     */
    void flush() {
        producer.flush();
        var failed = failure.get();
        if (failed != null) {
            throw notWritten(failed);
        }
    }

    /** How many records the brokers have; for any thread. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** As Java clients choose it by default for the key, and Bursar for an account. */
    static int partition(byte[] accountId, int partitions) {
        return Utils.toPositive(Utils.murmur2(accountId)) % partitions;
    }

    private static CommandException notWritten(Exception failed) {
        return new CommandException(
                "A record could not be written: " + failed.getMessage()
                        + ". What was begun is not whole: delete the topics that it was written to, make them again, and start over.",
                failed);
    }

    @Override
    public void close() {
        producer.close();
    }
}
