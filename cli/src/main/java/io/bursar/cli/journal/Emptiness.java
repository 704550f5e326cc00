package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What must not be there before a journal is written or state is restored. For any thread, as the admin client is. */
final class Emptiness {
    private final Admin admin;

    /** @param admin stays the caller's */
    Emptiness(Admin admin) {
        this.admin = admin;
    }

    /** How many partitions the topic has; empty when there is none. */
    Optional<Integer> partitions(String topic) {
        return answer(
                        admin.describeTopics(Set.of(topic)).topicNameValues().get(topic),
                        UnknownTopicOrPartitionException.class)
                .map(description -> description.partitions().size());
    }

    /**
     * Checks that nothing was ever written to the topic.
     *
     * @throws CommandException when something was
     */
    void requireEmpty(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        var ends = answer(admin.listOffsets(latest).all(), UnknownTopicOrPartitionException.class)
                .orElse(Map.of());
        long written = ends.values().stream().mapToLong(end -> end.offset()).sum();
        if (written > 0) {
            throw new CommandException(
                    "%s is not empty: %,d offsets are used in it. This goes into an empty installation only."
                            .formatted(topic, written));
        }
    }

    /**
     * Checks that no instance runs.
     *
     * @throws CommandException when one does; it names the hosts
     */
    void requireNoInstance(String applicationId) {
        var group = answer(
                admin.describeConsumerGroups(Set.of(applicationId))
                        .describedGroups()
                        .get(applicationId),
                GroupIdNotFoundException.class);
        List<String> hosts = new ArrayList<>();
        group.ifPresent(description -> description.members().forEach(member -> hosts.add(member.host())));
        if (!hosts.isEmpty()) {
            throw new CommandException(
                    "Application %s runs on %s: stop all its instances first (one that was killed counts until its session ends)."
                            .formatted(applicationId, String.join(", ", hosts)));
        }
    }

    private static <T> Optional<T> answer(KafkaFuture<T> future, Class<? extends Exception> absent) {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            if (absent.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw new CommandException("Kafka does not answer: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while waiting for Kafka", e);
        }
    }
}
