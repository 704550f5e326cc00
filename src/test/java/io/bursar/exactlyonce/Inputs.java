package io.bursar.exactlyonce;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Source;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.stack.RunningStack;
import io.bursar.stack.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What lies on the input topics. For one thread at a time. */
final class Inputs implements AutoCloseable {
    private final RunningStack stack;
    private final TopicReader reader;
    private final Admin admin;
    private final Map<Source, ConsumerRecord<byte[], byte[]>> records = new HashMap<>();
    private final Map<TopicPartition, Long> lastOffsets = new HashMap<>();

    Inputs(RunningStack stack) {
        this.stack = stack;
        reader = stack.read(stack.topics().inputs());
        admin = stack.admin();
    }

    /** How much Bursar has not processed of what the topics hold now; empty when nothing. */
    Optional<String> unprocessed() {
        readToEnd();
        var committed = committed();
        return lastOffsets.entrySet().stream()
                .filter(last -> committed.getOrDefault(last.getKey(), 0L) <= last.getValue())
                .findAny()
                .map(last -> last.getKey() + " is processed up to " + committed.get(last.getKey()) + " of "
                        + (last.getValue() + 1));
    }

    /** By topic, how many records with these keys are committed. */
    Map<String, Long> counts(Set<String> keys) {
        return records.values().stream()
                .filter(record -> keys.contains(new String(record.key(), StandardCharsets.UTF_8)))
                .collect(Collectors.groupingBy(ConsumerRecord::topic, TreeMap::new, Collectors.counting()));
    }

    /** The message that lies there, or null. */
    SpecificRecord message(Source source) {
        var record = records.get(source);
        return record == null ? null : decode(record.topic(), record.value());
    }

    @Override
    public void close() {
        reader.close();
        admin.close();
    }

    private void readToEnd() {
        for (var record : reader.readToEnd()) {
            records.put(new Source(record.topic(), record.partition(), record.offset()), record);
            lastOffsets.merge(
                    new TopicPartition(record.topic(), record.partition()), record.offset(), (old, next) -> next);
        }
    }

    private Map<TopicPartition, Long> committed() {
        try {
            var offsets = new HashMap<TopicPartition, Long>();
            admin.listConsumerGroupOffsets(RunningStack.APPLICATION_ID)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
            return offsets;
        } catch (ExecutionException e) {
            throw new AssertionError("the progress of Bursar cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Bursar's progress", e);
        }
    }

    private SpecificRecord decode(String topic, byte[] bytes) {
        var topics = stack.topics();
        if (topic.equals(topics.orders())) {
            return decode(OrderCommand.class, topic, bytes);
        }
        if (topic.equals(topics.fills())) {
            return decode(Fill.class, topic, bytes);
        }
        if (topic.equals(topics.balanceUpdates())) {
            return decode(BalanceUpdate.class, topic, bytes);
        }
        if (topic.equals(topics.transfers())) {
            return decode(TransferMessage.class, topic, bytes);
        }
        return decode(AccountCommand.class, topic, bytes);
    }

    private <T extends SpecificRecord> T decode(Class<T> type, String topic, byte[] bytes) {
        try (var deserializer = new AvroDeserializer<>(type, stack.registry())) {
            return deserializer.deserialize(topic, bytes);
        }
    }
}
