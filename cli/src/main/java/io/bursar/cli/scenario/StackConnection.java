package io.bursar.cli.scenario;

import io.bursar.processors.Replies;
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.SchemaRegistryClient;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/** The clients of a running system: what is sent to it, how far it has come, and what it writes. For one thread. */
final class StackConnection implements AutoCloseable {
    /** Partition of the replies on which this asks to be answered. */
    private static final int REPLY_PARTITION = 0;

    /** Long enough for an application that is just being started again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final Settings settings;
    private final Topics topics;
    private final SchemaRegistry registry;
    private final Producer<String, byte[]> producer;
    private final Admin admin;
    private final Map<Class<?>, AvroSerializer<?>> serializers = new HashMap<>();

    StackConnection(Settings settings) {
        this.settings = settings;
        this.topics = Topics.from(settings);
        this.registry = registry(settings);
        this.producer =
                new KafkaProducer<>(settings.kafkaProducer(), new StringSerializer(), new ByteArraySerializer());
        this.admin = Admin.create(settings.kafkaAdmin());
    }

    private static SchemaRegistry registry(Settings settings) {
        Map<String, Object> config = new HashMap<>(settings.schemaRegistry());
        config.put(Settings.AUTO_REGISTER_SCHEMAS.name(), settings.get(Settings.AUTO_REGISTER_SCHEMAS));
        return new SchemaRegistryClient(config);
    }

    Topics topics() {
        return topics;
    }

    TopicPartition replies() {
        return new TopicPartition(topics.replies(), REPLY_PARTITION);
    }

    /** The partition of this key, on any topic that has as many partitions as this one. */
    TopicPartition partition(String topic, String key) {
        int partitions = answer(
                "the partitions of " + topic,
                () -> producer.partitionsFor(topic).size());
        int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
        return new TopicPartition(topic, hash % partitions);
    }

    /** Sends the record and asks for an answer; returns where it lies once the broker has it. */
    <T extends SpecificRecord> Sent send(String topic, String key, T value) {
        var bytes = serializer(value).serialize(topic, value);
        var record = new ProducerRecord<>(topic, key, bytes);
        record.headers().add(Replies.REPLY_TO, Integer.toString(REPLY_PARTITION).getBytes(StandardCharsets.US_ASCII));
        var metadata =
                answer("sending to " + topic, () -> producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return new Sent(new TopicPartition(topic, metadata.partition()), metadata.offset());
    }

    /** A record in its log. */
    record Sent(TopicPartition partition, long offset) {}

    @SuppressWarnings("unchecked") // The serializer is made for the value's own class.
    private <T extends SpecificRecord> AvroSerializer<T> serializer(T value) {
        return (AvroSerializer<T>)
                serializers.computeIfAbsent(value.getClass(), type -> new AvroSerializer<>((Class<T>) type, registry));
    }

    /** A reader of committed records, positioned behind all that is there now. */
    <T extends SpecificRecord> LogTail<T> tail(Class<T> type, Collection<TopicPartition> partitions) {
        var config = settings.kafkaConsumer();
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        Consumer<String, T> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new AvroDeserializer<>(type, registry));
        consumer.assign(partitions);
        ends(partitions).forEach(consumer::seek);
        return new LogTail<>(consumer, this);
    }

    /** Returns when the application has processed and committed these records. */
    void awaitProcessed(Collection<Sent> records) {
        var group = settings.get(Settings.APPLICATION_ID);
        var partitions = records.stream().map(Sent::partition).collect(Collectors.toSet());
        await("application " + group + " to process what was sent; does it run on this broker?", () -> {
            var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
            var committed = answer(
                    "offsets of group " + group,
                    () -> admin.listConsumerGroupOffsets(
                                    Map.of(group, spec), new ListConsumerGroupOffsetsOptions().requireStable(true))
                            .partitionsToOffsetAndMetadata(group)
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return records.stream().allMatch(record -> {
                var offset = committed.get(record.partition());
                return offset != null && offset.offset() > record.offset();
            });
        });
    }

    /** The offsets behind the last records, of open transactions too. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        var latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        var options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
        var ends = answer(
                "ends of " + partitions,
                () -> admin.listOffsets(latest, options).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /**
     * Returns when it is so.
     *
     * @throws StageException when it takes too long
     */
    void await(String what, BooleanSupplier isSo) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new StageException("waited " + PATIENCE.toSeconds() + " s for " + what + " (" + address() + ")");
            }
            pause();
        }
    }

    private String address() {
        return Settings.BOOTSTRAP_SERVERS.name() + "=" + settings.get(Settings.BOOTSTRAP_SERVERS);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageException("interrupted", e);
        }
    }

    private <T> T answer(String question, Callable<T> call) {
        try {
            return call.call();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            var cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new StageException("no answer to: " + question + " (" + address() + "): " + cause, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageException("interrupted", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StageException(question + ": " + e, e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
        registry.close();
    }

    /** The committed records that come after a certain moment. */
    static final class LogTail<T> implements AutoCloseable {
        private static final Duration POLL = Duration.ofMillis(20);

        private final Consumer<String, T> consumer;
        private final StackConnection connection;

        private LogTail(Consumer<String, T> consumer, StackConnection connection) {
            this.consumer = consumer;
            this.connection = connection;
        }

        /** What came since the last call, up to the present end of the log, in the order of each partition. */
        List<Received<T>> read() {
            var received = new ArrayList<Received<T>>();
            var ends = connection.ends(consumer.assignment());
            connection.await("open transactions on " + consumer.assignment() + " to end", () -> {
                if (isBehind(ends)) {
                    for (var record : consumer.poll(POLL)) {
                        var partition = new TopicPartition(record.topic(), record.partition());
                        received.add(new Received<>(new Sent(partition, record.offset()), record.value()));
                    }
                }
                return !isBehind(ends);
            });
            return received;
        }

        private boolean isBehind(Map<TopicPartition, Long> ends) {
            return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /** A record that was read. */
    record Received<T>(Sent at, T value) {}
}
