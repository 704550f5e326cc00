package io.bursar.bench.stack;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group is with some topics, asked of the broker: a reader of its output would cost cores. */
public final class GroupProgress {
    private final Admin admin;
    private final String group;
    private final Collection<String> topics;

    /** @param admin stays the caller's */
    public GroupProgress(Admin admin, String group, Collection<String> topics) {
        this.admin = admin;
        this.group = group;
        this.topics = topics;
    }

    /** The offset after the last record of each partition. */
    public Map<TopicPartition, Long> ends() throws InterruptedException {
        return ends(admin, topics);
    }

    /** The offset after the last record of each partition of these topics. */
    public static Map<TopicPartition, Long> ends(Admin admin, Collection<String> topics) throws InterruptedException {
        var descriptions = KafkaAnswers.await(admin.describeTopics(topics).allTopicNames());
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        descriptions.forEach((name, topic) -> topic.partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        return KafkaAnswers.await(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** How many records of the topics lie before what the group has committed. */
    public long committed() throws InterruptedException {
        var committed = KafkaAnswers.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return committed.entrySet().stream()
                .filter(entry -> entry.getValue() != null
                        && topics.contains(entry.getKey().topic()))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** Has the group begin at these offsets; nobody may be in it. */
    public void beginAt(Map<TopicPartition, Long> offsets) throws InterruptedException {
        var positions = offsets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new OffsetAndMetadata(entry.getValue())));
        KafkaAnswers.await(admin.alterConsumerGroupOffsets(group, positions).all());
    }

    /** How many records lie before these offsets. */
    public static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
