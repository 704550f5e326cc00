package io.bursar.cli.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads all partitions of one topic, committed records only. Used by one thread at a time. */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private Map<TopicPartition, Long> ends;

    private TopicReader(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.ends = consumer.endOffsets(partitions);
    }

    /** A reader of all that the topic holds and of what comes. */
    public static TopicReader fromBeginning(Connection connection, String topic) {
        var reader = of(connection, topic);
        reader.consumer.seekToBeginning(reader.partitions);
        return reader;
    }

    /** A reader of what comes from now on. */
    public static TopicReader fromEnd(Connection connection, String topic) {
        var reader = of(connection, topic);
        reader.ends.forEach(reader.consumer::seek);
        return reader;
    }

    private static TopicReader of(Connection connection, String topic) {
        var consumer = connection.consumer();
        try {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new CommandException("There is no topic %s on %s; topic.prefix says how Bursar's topics begin."
                        .formatted(topic, connection.brokers()));
            }
            consumer.assign(partitions);
            return new TopicReader(consumer, partitions);
        } catch (TimeoutException e) {
            consumer.close();
            throw new CommandException(
                    "The brokers at %s do not answer: bootstrap.servers names them. %s"
                            .formatted(connection.brokers(), e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Waits for records at most that long. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        consumer.poll(atMost).forEach(records::add);
        return records;
    }

    /**
     * The record at an offset; empty when there is none: it is too old, a mark of a transaction, aborted, or not written
     * yet. Goes on behind it.
     *
     * @param atMost how long to wait for the brokers
     * @throws CommandException when they do not answer in that time
     */
    public Optional<ConsumerRecord<byte[], byte[]>> recordAt(int partition, long offset, Duration atMost) {
        var at = partitions.stream()
                .filter(candidate -> candidate.partition() == partition)
                .findAny();
        if (at.isEmpty() || offset < beginning(at.get()) || offset >= end(at.get())) {
            return Optional.empty();
        }
        var others =
                partitions.stream().filter(other -> !other.equals(at.get())).toList();
        consumer.pause(others);
        try {
            consumer.seek(at.get(), offset);
            long deadline = System.nanoTime() + atMost.toNanos();
            while (consumer.position(at.get()) <= offset) {
                for (var record : consumer.poll(POLL)) {
                    consumer.seek(at.get(), offset + 1);
                    return record.offset() == offset ? Optional.of(record) : Optional.empty();
                }
                if (System.nanoTime() > deadline) {
                    throw new CommandException(
                            "%s at %d was not given within %d s.".formatted(at.get(), offset, atMost.toSeconds()));
                }
            }
            return Optional.empty();
        } finally {
            consumer.resume(others);
        }
    }

    private long beginning(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).get(partition);
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).get(partition);
    }

    /** From now on, {@link #left} speaks of what is in the topic at this moment. */
    public void lookForEnd() {
        ends = consumer.endOffsets(partitions);
    }

    /** Whether the record lies before the end last looked for. */
    public boolean isBeforeEnd(ConsumerRecord<?, ?> record) {
        return record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()));
    }

    /** The offsets still to be read up to the end last looked for; markers of transactions count. */
    public long left() {
        long left = 0;
        for (var partition : partitions) {
            left += Math.max(0, ends.get(partition) - consumer.position(partition));
        }
        return left;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
