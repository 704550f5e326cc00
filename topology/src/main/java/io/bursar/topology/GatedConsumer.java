package io.bursar.topology;

import io.bursar.topology.InputGate.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
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
    private final InputGate gate;
    private final InputEnds ends;
    private final GroupContact contact;
    private final Map<TopicPartition, ConsumerRecord<byte[], byte[]>> held = new HashMap<>();
    private final Set<TopicPartition> pausedByStreams = new HashSet<>();
    private final Map<TopicPartition, Long> lastDelivered = new HashMap<>();

    GatedConsumer(Map<String, Object> properties, InputGate gate, InputEnds ends, GroupContact contact) {
        super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.gate = gate;
        this.ends = ends;
        this.contact = contact;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        var patience = new Patience();
        releaseHeld(patience);
        var polled = super.poll(timeout);
        return polled.isEmpty() ? polled : admit(polled, patience);
    }

    /** The offset of the last record given to Streams since the partition was assigned or positioned, or -1. */
    long lastDelivered(TopicPartition partition) {
        return lastDelivered.getOrDefault(partition, -1L);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Forgetting(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        super.subscribe(pattern, new Forgetting(listener));
    }

    /** Streams sets positions when it starts a task again. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        super.seek(partition, offset);
        startOver(List.of(partition));
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata) {
        super.seek(partition, offsetAndMetadata);
        startOver(List.of(partition));
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        super.seekToBeginning(partitions);
        startOver(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        super.seekToEnd(partitions);
        startOver(partitions);
    }

    /** Streams pauses partitions while their buffers are full, and while their tasks are being restored. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        super.pause(partitions);
        pausedByStreams.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(pausedByStreams::remove);
        super.resume(partitions.stream()
                .filter(partition -> !held.containsKey(partition))
                .toList());
    }

    private void releaseHeld(Patience patience) {
        held.entrySet().removeIf(entry -> {
            var partition = entry.getKey();
            if (!gate.isOpenFor(entry.getValue(), patience)) {
                return false;
            }
            gate.opened(partition);
            if (!pausedByStreams.contains(partition)) {
                super.resume(List.of(partition));
            }
            return true;
        });
    }

    private ConsumerRecords<byte[], byte[]> admit(ConsumerRecords<byte[], byte[]> polled, Patience patience) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> admitted = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>(polled.nextOffsets());
        for (var partition : polled.partitions()) {
            var records = polled.records(partition);
            int open = countOpen(records, patience);
            if (open < records.size()) {
                hold(partition, records.get(open), nextOffsets);
            }
            if (open > 0) {
                var passing = open == records.size() ? records : new ArrayList<>(records.subList(0, open));
                admitted.put(partition, passing);
                lastDelivered.put(partition, passing.getLast().offset());
            }
        }
        return new ConsumerRecords<>(admitted, nextOffsets);
    }

    private int countOpen(List<ConsumerRecord<byte[], byte[]>> records, Patience patience) {
        int open = 0;
        while (open < records.size() && gate.isOpenFor(records.get(open), patience)) {
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
        super.pause(List.of(partition));
        nextOffsets.put(partition, new OffsetAndMetadata(next.offset(), Optional.empty(), ""));
    }

    private void startOver(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            forget(partition);
            ends.startReading(partition, this);
        }
    }

    private void forget(TopicPartition partition) {
        if (held.remove(partition) != null) {
            gate.opened(partition);
            if (!pausedByStreams.contains(partition)) {
                super.resume(List.of(partition));
            }
        }
        lastDelivered.remove(partition);
    }

    /** Before Streams hears of it, what is known of partitions that go is forgotten. */
    private final class Forgetting implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener listener;

        Forgetting(ConsumerRebalanceListener listener) {
            this.listener = listener;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            contact.joined(GatedConsumer.this);
            partitions.forEach(partition -> ends.startReading(partition, GatedConsumer.this));
            listener.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(this::leave);
            listener.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(this::leave);
            listener.onPartitionsLost(partitions);
        }

        private void leave(TopicPartition partition) {
            if (held.remove(partition) != null) {
                gate.opened(partition);
            }
            pausedByStreams.remove(partition);
            lastDelivered.remove(partition);
            ends.stopReading(partition, GatedConsumer.this);
        }
    }
}
