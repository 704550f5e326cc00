package io.bursar.bench.workload;

import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Deployment;
import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.schemas.serde.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends messages as ordinary clients do, and loses none. For one thread. */
public final class MessageProducer implements AutoCloseable {
    private static final int LINGER_OF_BACKLOGS_MS = 5;

    /** As a gateway would: one request for each message costs broker and gateway more than it saves. */
    private static final int LINGER_OF_SINGLE_MESSAGES_MS = 1;

    private static final int BATCH_BYTES = 256 << 10;

    private final SchemaRegistry registry;
    private final Map<Class<?>, AvroSerializer<?>> serializers = new HashMap<>();
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private MessageProducer(Deployment deployment, int lingerMs) {
        registry = deployment.registry();
        var config = deployment.settings().kafkaProducer();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** For many messages at once. */
    public static MessageProducer forBacklogs(Deployment deployment) {
        return new MessageProducer(deployment, LINGER_OF_BACKLOGS_MS);
    }

    /** Sends each message within a millisecond, unless earlier ones are still on their way. */
    public static MessageProducer forSingleMessages(Deployment deployment) {
        return new MessageProducer(deployment, LINGER_OF_SINGLE_MESSAGES_MS);
    }

    /** Hands a message over; {@link #flush} tells whether it arrived. */
    public void send(Message message) {
        var value = serialize(message.topic(), message.value(), message.value().getClass());
        var unused = producer.send(
                new ProducerRecord<>(message.topic(), message.account(), value), (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /**
     * Returns when all that was sent lies on its topic.
     *
     * @throws BenchException when something of it does not
     */
    public void flush() {
        producer.flush();
        var first = failure.get();
        if (first != null) {
            throw new BenchException("a command did not reach its topic", first);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private <T extends SpecificRecord> byte[] serialize(String topic, SpecificRecord value, Class<T> type) {
        // Filled in the next line only, with the serializer of exactly this type.
        @SuppressWarnings("unchecked")
        var serializer =
                (AvroSerializer<T>) serializers.computeIfAbsent(type, absent -> new AvroSerializer<>(type, registry));
        return serializer.serialize(topic, type.cast(value));
    }
}
