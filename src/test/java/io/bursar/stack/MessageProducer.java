package io.bursar.stack;

import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.schemas.serde.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A plain Kafka client that writes Bursar's contracts and loses nothing while the broker is away. For one thread at a
 * time.
 */
public final class MessageProducer implements AutoCloseable {
    /** Longer than any outage that a test makes, and shorter than a test may take. */
    private static final int DELIVERY_TIMEOUT_MS = 90_000;

    private final SchemaRegistry registry;
    private final Map<Class<?>, AvroSerializer<?>> serializers = new HashMap<>();
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    MessageProducer(String bootstrapServers, SchemaRegistry registry) {
        this.registry = registry;
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                DELIVERY_TIMEOUT_MS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                DELIVERY_TIMEOUT_MS,
                // So that a connection which a stopped broker left behind is not waited for.
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.LINGER_MS_CONFIG,
                5);
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Hands a message over; {@link #flush} tells whether it arrived. */
    public void send(Message message) {
        var unused = send(message.topic(), message.key(), bytes(message));
    }

    /** Returns when the message lies on its topic. */
    public RecordMetadata sendAndWait(Message message) {
        return arrived(send(message.topic(), message.key(), bytes(message)));
    }

    /** Returns when these bytes, whatever they are, lie on the topic. */
    public RecordMetadata sendBytes(String topic, String key, byte[] value) {
        return arrived(send(topic, key, value));
    }

    /**
     * Returns when all that was sent lies on its topic.
     *
     * @throws AssertionError when something of it does not
     */
    public void flush() {
        producer.flush();
        var first = failure.get();
        if (first != null) {
            throw new AssertionError("a message did not reach its topic", first);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private Future<RecordMetadata> send(String topic, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    private static RecordMetadata arrived(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a message did not reach its topic", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        }
    }

    private byte[] bytes(Message message) {
        return serialize(message.topic(), message.value(), message.value().getClass());
    }

    private <T extends SpecificRecord> byte[] serialize(String topic, SpecificRecord value, Class<T> type) {
        // Filled in the next line only, with the serializer of exactly this type.
        @SuppressWarnings("unchecked")
        var serializer =
                (AvroSerializer<T>) serializers.computeIfAbsent(type, absent -> new AvroSerializer<>(type, registry));
        return serializer.serialize(topic, type.cast(value));
    }
}
