package io.bursar.connect.postgres;

import io.bursar.connect.postgres.RandomJournal.Sealed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/** A topic in memory, the journal's unless it is named. Between records lie gaps, as transactions leave them. Thread-safe. */
final class Topic {
    static final String NAME = "bursar.journal";

    private final String name;
    private final int partitions;
    private final Map<Integer, List<SinkRecord>> records = new HashMap<>();
    private final Map<Integer, Long> ends = new HashMap<>();

    Topic(int partitions) {
        this(NAME, partitions);
    }

    Topic(String name, int partitions) {
        this.name = name;
        this.partitions = partitions;
        for (int partition = 0; partition < partitions; partition++) {
            records.put(partition, new ArrayList<>());
            ends.put(partition, 0L);
        }
    }

    String name() {
        return name;
    }

    int partitions() {
        return partitions;
    }

    static TopicPartition partition(int partition) {
        return new TopicPartition(NAME, partition);
    }

    int partitionOf(String accountId) {
        return Math.floorMod(accountId.hashCode(), partitions);
    }

    synchronized Topic append(List<Sealed> entries) {
        for (var entry : entries) {
            append(partitionOf(entry.accountId), entry.accountId, entry.bytes);
        }
        return this;
    }

    synchronized SinkRecord append(int partition, String key, Object value) {
        return append(partition, key, value, 0);
    }

    synchronized SinkRecord append(int partition, Object key, Object value, long timestampMs) {
        long offset = ends.get(partition);
        var record =
                new SinkRecord(name, partition, null, key, null, value, offset, timestampMs, TimestampType.CREATE_TIME);
        records.get(partition).add(record);
        // After every third record stands the marker of a transaction.
        ends.put(partition, offset + (offset % 3 == 0 ? 2 : 1));
        return record;
    }

    /** The records from an offset on. */
    synchronized List<SinkRecord> from(int partition, long offset) {
        return records.get(partition).stream()
                .filter(record -> record.kafkaOffset() >= offset)
                .toList();
    }

    /** All records, partition after partition. */
    synchronized List<SinkRecord> all() {
        return records.values().stream().flatMap(List::stream).toList();
    }

    /** After the last record. */
    synchronized long end(int partition) {
        var all = records.get(partition);
        return all.isEmpty() ? 0 : all.getLast().kafkaOffset() + 1;
    }
}
