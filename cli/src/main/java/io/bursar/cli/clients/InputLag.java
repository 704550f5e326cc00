package io.bursar.cli.clients;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How much of its inputs Bursar has not processed and committed yet, repeats included, which leave no other trace. */
public final class InputLag {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Connection connection;

    public InputLag(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns once nothing is left that was in the inputs when this was called.
     *
     * @throws CommandException when something is left for too long; it names the partitions
     */
    public void awaitNone() throws InterruptedException {
        try (var admin = connection.admin()) {
            var ends = ends(admin);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (var left = left(admin, ends); !left.isEmpty(); left = left(admin, ends)) {
                if (System.nanoTime() > deadline) {
                    throw new CommandException("After %d s, Bursar has not processed all of its inputs: %s."
                            .formatted(PATIENCE.toSeconds(), describe(left)));
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private Map<TopicPartition, Long> ends(Admin admin) throws InterruptedException {
        var topics = await(admin.describeTopics(connection.topics().inputs()).allTopicNames());
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        topics.forEach((name, topic) -> topic.partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        return await(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** The partitions that lag, with how many offsets. */
    private Map<TopicPartition, Long> left(Admin admin, Map<TopicPartition, Long> ends) throws InterruptedException {
        var committed =
                await(admin.listConsumerGroupOffsets(connection.applicationId()).partitionsToOffsetAndMetadata());
        var left = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            long lag = end - processed(committed.get(partition));
            if (lag > 0) {
                left.put(partition, lag);
            }
        });
        return left;
    }

    private static long processed(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private static String describe(Map<TopicPartition, Long> left) {
        return left.entrySet().stream()
                .map(entry -> entry.getKey() + " lacks " + entry.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new CommandException("Kafka does not say how far Bursar is: " + e.getCause(), e.getCause());
        }
    }
}
