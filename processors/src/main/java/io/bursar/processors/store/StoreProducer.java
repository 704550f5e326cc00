package io.bursar.processors.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Map<TopicPartition, Long> acknowledged = new ConcurrentHashMap<>();

    /** A producer with these properties. */
    public StoreProducer(Map<String, Object> properties) {
        super(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        return super.send(record, record.topic().endsWith(CHANGELOG) ? noting(callback) : callback);
    }

    /** When this returns, all that was sent is acknowledged; when it throws, nothing counts as committed. */
    @Override
    public void commitTransaction() {
        super.commitTransaction();
        Transaction.ofThisThread().committed(acknowledged);
    }

    @Override
    public void abortTransaction() {
        Transaction.ofThisThread().aborted();
        super.abortTransaction();
    }

    /** Acknowledgements of a partition come in the order of its offsets. */
    private Callback noting(Callback callback) {
        return (metadata, failure) -> {
            if (failure == null) {
                acknowledged.put(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset());
            }
            callback.onCompletion(metadata, failure);
        };
    }
}
