package io.bursar.cli.sinks;

import io.bursar.connect.redis.RedisKeys;
import io.bursar.local.Sinks.Carried;
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
 * How far the sinks are behind the topics that they read. They keep their offsets where they write, so Kafka shows no lag
 * of them. Offsets are counted, of which some belong to the markers of transactions and not to records.
 */
public final class SinkLag {
    /** The journal in PostgreSQL. */
    public static final String POSTGRES = "postgres";

    /** The desk's topics in PostgreSQL. */
    public static final String DESK = "desk";

    /** The journal in Redis. */
    public static final String REDIS = "redis";

    private final SinkTarget sinks;
    private final Carried topics;

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

    /** What a sink reads, and where it is asked how far it is. */
    private record Reading(List<String> topics, Supplier<Map<TopicPartition, Long>> offsets) {}

    /** @param topics that the sinks read */
    public SinkLag(SinkTarget sinks, Carried topics) {
        this.sinks = sinks;
        this.topics = topics;
    }

    /** By sink. */
    public Map<String, Lag> of(Admin admin) throws InterruptedException {
        var readings = new LinkedHashMap<String, Reading>();
        var journal = List.of(topics.journal());
        sinks.postgres().ifPresent(url -> {
            readings.put(POSTGRES, new Reading(journal, this::postgresOffsets));
            readings.put(
                    DESK,
                    new Reading(
                            List.of(topics.audit(), topics.brokerAccounts(), topics.tokenHistory()),
                            this::postgresOffsets));
        });
        sinks.redis().ifPresent(url -> readings.put(REDIS, new Reading(journal, this::redisOffsets)));
        var lags = new LinkedHashMap<String, Lag>();
        for (var reading : readings.entrySet()) {
            lags.put(reading.getKey(), lag(admin, reading.getValue()));
        }
        return lags;
    }

    private Lag lag(Admin admin, Reading reading) throws InterruptedException {
        try {
            var ends = ends(admin, reading.topics());
            var next = reading.offsets().get();
            long left = ends.entrySet().stream()
                    .mapToLong(end -> behind(end.getKey(), end.getValue(), next.getOrDefault(end.getKey(), 0L)))
                    .sum();
            return new Lag(left, "");
        } catch (ExecutionException e) {
            return new Lag(
                    0, "Kafka does not say where " + String.join(", ", reading.topics()) + " end: " + e.getCause());
        } catch (IllegalStateException | JedisException e) {
            return new Lag(0, e.getMessage());
        }
    }

    private long behind(TopicPartition partition, long end, long next) {
        // What is written in transactions ends with the marker of the last one, which is never delivered.
        long markers = partition.topic().equals(topics.audit()) ? 0 : 1;
        return Math.max(0, end - next - markers);
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<String> topics)
            throws InterruptedException, ExecutionException {
        var latest = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest()));
        return admin
                .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Map<TopicPartition, Long> postgresOffsets() {
        try (var database = sinks.database().orElseThrow();
                var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "SELECT topic, partition, next_offset FROM " + SinkTarget.SCHEMA + ".sink_offsets");
                var rows = statement.executeQuery()) {
            var offsets = new HashMap<TopicPartition, Long>();
            while (rows.next()) {
                offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
            return offsets;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not say how far the sink is: " + e.getMessage(), e);
        }
    }

    private Map<TopicPartition, Long> redisOffsets() {
        try (var redis = sinks.connection().orElseThrow()) {
            return redis.hgetAll(RedisKeys.offsets(topics.journal())).entrySet().stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topics.journal(), Integer.parseInt(partition.getKey())),
                            partition -> Long.parseLong(partition.getValue())));
        }
    }
}
