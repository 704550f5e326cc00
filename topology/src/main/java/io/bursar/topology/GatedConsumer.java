package io.bursar.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that holds back the records of a partition while the schema of the next one cannot be had. It goes on
 * polling, so it stays a member of its group and other partitions go on; to Streams the partition looks empty.
 */
final class GatedConsumer extends KafkaConsumer<byte[], byte[]> {
    static final int FETCH_MAX_WAIT_MS = 200;

    /** "Nothing left" may be as old as the longest wait of a fetch, and some time on the way. */
    private static final long STALENESS_MS = FETCH_MAX_WAIT_MS + 100;

    private final InputGate gate;
    private final Map<TopicPartition, ConsumerRecord<byte[], byte[]>> held = new HashMap<>();
    private Set<TopicPartition> known = Set.of();

    GatedConsumer(Map<String, Object> properties, InputGate gate) {
        super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.gate = gate;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        releaseHeld();
        var polled = super.poll(timeout);
        forgetLostPartitions();
        var admitted = polled.isEmpty() ? polled : admit(polled);
        notePositions();
        return admitted;
    }

    /** Streams sets positions when it starts a task, and when it starts one again. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        gate.forget(partition);
        held.remove(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata) {
        gate.forget(partition);
        held.remove(partition);
        super.seek(partition, offsetAndMetadata);
    }

    private void releaseHeld() {
        held.entrySet().removeIf(entry -> {
            if (!gate.isOpenFor(entry.getValue())) {
                return false;
            }
            gate.opened(entry.getKey());
            resume(List.of(entry.getKey()));
            return true;
        });
    }

    private void forgetLostPartitions() {
        var assigned = assignment();
        if (assigned.equals(known)) {
            return;
        }
        for (var partition : known) {
            if (!assigned.contains(partition)) {
                gate.forget(partition);
                held.remove(partition);
            }
        }
        known = new HashSet<>(assigned);
    }

    private ConsumerRecords<byte[], byte[]> admit(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> admitted = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>(polled.nextOffsets());
        for (var partition : polled.partitions()) {
            var records = polled.records(partition);
            int open = countOpen(records);
            if (open < records.size()) {
                hold(partition, records.get(open), nextOffsets);
            }
            if (open > 0) {
                var passing = open == records.size() ? records : new ArrayList<>(records.subList(0, open));
                admitted.put(partition, passing);
                gate.delivered(partition, passing.getLast().offset());
            }
        }
        return new ConsumerRecords<>(admitted, nextOffsets);
    }

    private int countOpen(List<ConsumerRecord<byte[], byte[]>> records) {
        int open = 0;
        while (open < records.size() && gate.isOpenFor(records.get(open))) {
            open++;
        }
        return open;
    }

    private void hold(
            TopicPartition partition,
            ConsumerRecord<byte[], byte[]> next,
            Map<TopicPartition, OffsetAndMetadata> nextOffsets) {
        held.put(partition, next);
        super.seek(partition, next.offset());
        pause(List.of(partition));
        nextOffsets.put(partition, new OffsetAndMetadata(next.offset(), Optional.empty(), ""));
    }

    /** Knowing that nothing is left is what an expiry waits for. */
    private void notePositions() {
        long emptyAtMs = System.currentTimeMillis() - STALENESS_MS;
        for (var partition : known) {
            var lag = currentLag(partition);
            if (lag.isPresent() && lag.getAsLong() == 0 && !held.containsKey(partition)) {
                gate.empty(partition, emptyAtMs);
            }
        }
    }
}
