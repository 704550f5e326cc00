package io.bursar.topology.topics;

/**
 * How many partitions the topics really have.
 *
 * @param accounts of each topic keyed by account
 * @param replies bounds the partition on which a command may ask for its reply
 */
public record PartitionCounts(int accounts, int replies, int trades) {}
