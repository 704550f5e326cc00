package io.bursar.cli.sinks;

import io.bursar.connect.redis.RedisKeys;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import redis.clients.jedis.exceptions.JedisException;

/**
 * How far the sinks are behind the journal. They keep their offsets where they write, so Kafka shows no lag of them.
 * Offsets are counted, of which some belong to the markers of transactions and not to entries.
 */
public final class SinkLag {
    private final SinkTarget sinks;
    private final String topic;

    /**
     * What is known of one sink.
     *
     * @param offsets that it has not taken yet; meaningless when there is a problem
     * @param problem why they are not known; empty when they are
     */
    public record Lag(long offsets, String problem) {
        public boolean isKnown() {
            return problem.isEmpty();
        }
    }

    /** @param topic of the journal */
    public SinkLag(SinkTarget sinks, String topic) {
        this.sinks = sinks;
        this.topic = topic;
    }

    /** By sink, as the components of a stack are called. */
    public Map<String, Lag> of(Admin admin) throws InterruptedException {
        var offsets = new LinkedHashMap<String, Supplier<Map<Integer, Long>>>();
        sinks.postgres().ifPresent(url -> offsets.put("postgres", this::postgresOffsets));
        sinks.redis().ifPresent(url -> offsets.put("redis", this::redisOffsets));
        var lags = new LinkedHashMap<String, Lag>();
        try {
            var ends = ends(admin);
            offsets.forEach((sink, next) -> lags.put(sink, lag(ends, next)));
        } catch (ExecutionException e) {
            var unknown = new Lag(0, "Kafka does not say where the journal ends: " + e.getCause());
            offsets.keySet().forEach(sink -> lags.put(sink, unknown));
        }
        return lags;
    }

    private static Lag lag(Map<TopicPartition, Long> ends, Supplier<Map<Integer, Long>> offsets) {
        try {
            var next = offsets.get();
            long left = ends.entrySet().stream()
                    .mapToLong(end ->
                            end.getValue() - next.getOrDefault(end.getKey().partition(), 0L))
                    // The last offset is that of a transaction's marker, which is never delivered.
                    .map(behind -> Math.max(0, behind - 1))
                    .sum();
            return new Lag(left, "");
        } catch (IllegalStateException | JedisException e) {
            return new Lag(0, e.getMessage());
        }
    }

    private Map<TopicPartition, Long> ends(Admin admin) throws InterruptedException, ExecutionException {
        var latest = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition.partition()), any -> OffsetSpec.latest()));
        return admin
                .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Map<Integer, Long> postgresOffsets() {
        try (var database = sinks.database().orElseThrow();
                var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "SELECT partition, next_offset FROM " + SinkTarget.SCHEMA + ".sink_offsets WHERE topic = ?")) {
            statement.setString(1, topic);
            var offsets = new HashMap<Integer, Long>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getInt(1), rows.getLong(2));
                }
            }
            return offsets;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not say how far the sink is: " + e.getMessage(), e);
        }
    }

    private Map<Integer, Long> redisOffsets() {
        try (var redis = sinks.connection().orElseThrow()) {
            return redis.hgetAll(RedisKeys.offsets(topic)).entrySet().stream()
                    .collect(Collectors.toMap(
                            partition -> Integer.parseInt(partition.getKey()),
                            partition -> Long.parseLong(partition.getValue())));
        }
    }
}
