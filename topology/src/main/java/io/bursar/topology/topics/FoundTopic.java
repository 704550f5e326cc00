package io.bursar.topology.topics;

import java.util.Map;

/**
 * How a topic is on the brokers.
 *
 * @param replicationFactor of the partition that has the fewest replicas
 * @param configs all of them, with the broker's defaults where the topic has none of its own
 */
record FoundTopic(String name, int partitions, int replicationFactor, Map<String, String> configs) {}
