package io.bursar.cli.clients;

import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.topology.Registries;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How commands talk to a system. What it makes belongs to the caller, who closes it. Safe for use by several
 * threads.
 */
public final class Connection implements AutoCloseable {
    /** Lets a producer that is busy fill its batches; nobody waits for a single record here. */
    private static final int LINGER_MS = 5;

    /** Enough for a journal to be read as fast as the network gives it. */
    private static final int FETCH_BYTES = 4 * 1_048_576;

    /** One request at a time is on its way, so it should be a large one. */
    private static final int BATCH_BYTES = 256 << 10;

    /** An account with all its positions is one row; brokers bound what they take. */
    private static final int LARGEST_REQUEST_BYTES = 16 << 20;

    private static final int RECORDS_PER_POLL = 5_000;

    private final Settings settings;
    private final Topics topics;
    private final SchemaRegistry registry;

    /**
     * Connects to nothing before it is asked to.
     *
     * @param settings name the brokers and the schema registry, and the topics and the application as the running Bursar
     *     has them
     */
    public Connection(Settings settings) {
        this.settings = settings;
        this.topics = Topics.from(settings);
        this.registry = Registries.of(settings);
    }

    public Topics topics() {
        return topics;
    }

    public SchemaRegistry registry() {
        return registry;
    }

    /** Where the brokers are, as the settings say. */
    public String brokers() {
        return settings.get(Settings.BOOTSTRAP_SERVERS);
    }

    /** The consumer group by which Bursar reads its inputs. */
    public String applicationId() {
        return settings.get(Settings.APPLICATION_ID);
    }

    public Admin admin() {
        return Admin.create(settings.kafkaAdmin());
    }

    /** Writes any of the messages of the contracts. */
    public Producer<String, SpecificRecord> producer() {
        var config = settings.kafkaProducer();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(config, new StringSerializer(), new MessageSerializer(registry));
    }

    /**
     * Writes bytes in transactions. Beginning to use it ends those of any other producer with this id.
     *
     * @param id of the transactions
     */
    public Producer<byte[], byte[]> transactionalProducer(String id) {
        var config = byteProducerConfig();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes bytes, rows of accounts and journal entries among them, as many as fit into each request. */
    public Producer<byte[], byte[]> byteProducer() {
        var config = byteProducerConfig();
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // On a topic that was made just now, the first batch may come before its leader is there. With several on their
        // way, the second would then be taken as the first one, and the first be refused for ever.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> byteProducerConfig() {
        var config = settings.kafkaProducer();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST_BYTES);
        return config;
    }

    /** Sees committed records only, and belongs to no group. */
    public Consumer<byte[], byte[]> consumer() {
        var config = settings.kafkaConsumer();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        registry.close();
    }
}
