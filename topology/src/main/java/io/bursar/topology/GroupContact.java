package io.bursar.topology;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * How long ago the consumers of this instance last sent their group a sign of life. When that is longer than a session, the
 * group may have given their partitions to others, and nothing tells this instance so while it cannot reach the group.
 * Thread-safe.
 */
final class GroupContact {
    /**
     * What the client measures: whole seconds since it sent the last heartbeat, which it does no more once it knows that
     * nobody answers; below zero before the first.
     */
    private static final String SINCE_HEARTBEAT = "last-heartbeat-seconds-ago";

    private final Duration longest;
    private final Map<Consumer<?, ?>, Member> members = new ConcurrentHashMap<>();

    /** @param joinedNanos when it was last given partitions, or none, by the group */
    private record Member(Metric sinceHeartbeat, long joinedNanos) {
        Duration silence() {
            double seconds = ((Number) sinceHeartbeat.metricValue()).doubleValue();
            return seconds < 0 ? Duration.ofNanos(System.nanoTime() - joinedNanos) : Duration.ofSeconds((long) seconds);
        }
    }

    /** @param session after which the group gives the partitions of a silent member to others */
    GroupContact(Duration session) {
        // In a rebalance nobody sends heartbeats either, and it may take a while.
        longest = session.multipliedBy(2);
    }

    /** The group has just told the consumer its partitions: from now on its silence counts. */
    void joined(Consumer<?, ?> consumer) {
        consumer.metrics().forEach((name, metric) -> {
            if (name.name().equals(SINCE_HEARTBEAT)) {
                members.put(consumer, new Member(metric, System.nanoTime()));
            }
        });
    }

    /** Whether others may have the partitions of this instance without its knowing. */
    boolean isLost() {
        for (var member : members.values()) {
            if (member.silence().compareTo(longest) > 0) {
                return true;
            }
        }
        return false;
    }
}
