package io.bursar.processors.store;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer of a stream thread, which tells the thread's stores how its transactions end. It may be made by any
 * thread, but transactions are that of the stream thread.
 */
public final class StoreProducer extends KafkaProducer<byte[], byte[]> {
    /** How Kafka Streams ends the names of changelogs. */
    static final String CHANGELOG = "-changelog";

    /** Of the last changelog record of each partition in the open transaction. */
    private final Map<TopicPartition, Future<RecordMetadata>> sent = new HashMap<>();

    /** A producer with these properties. */
    public StoreProducer(Map<String, Object> properties) {
        super(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        var acknowledgement = super.send(record, callback);
        if (record.topic().endsWith(CHANGELOG)) {
            sent.put(new TopicPartition(record.topic(), record.partition()), acknowledgement);
        }
        return acknowledgement;
    }

    /** When this returns, all that was sent is acknowledged; when it throws, nothing counts as committed. */
    @Override
    public void commitTransaction() {
        super.commitTransaction();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        sent.forEach((partition, acknowledgement) ->
                offsets.put(partition, acknowledgement.resultNow().offset()));
        sent.clear();
        Transaction.ofThisThread().committed(offsets);
    }

    @Override
    public void abortTransaction() {
        sent.clear();
        Transaction.ofThisThread().aborted();
        super.abortTransaction();
    }
}
