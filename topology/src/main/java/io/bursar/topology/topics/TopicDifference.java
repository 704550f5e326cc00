package io.bursar.topology.topics;

/**
 * Something in which an existing topic is not as specified.
 *
 * @param key "partitions", "replication.factor" or Kafka's name of the config
 */
public record TopicDifference(String topic, String key, String expected, String found) {
    static final String PARTITIONS = "partitions";
    static final String REPLICATION_FACTOR = "replication.factor";

    /** {@code bursar.orders: retention.ms is 1000, expected 604800000}. */
    @Override
    public String toString() {
        return "%s: %s is %s, expected %s".formatted(topic, key, found, expected);
    }
}
