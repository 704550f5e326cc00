package io.bursar.topology;

import io.bursar.processors.InputProgress;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.schemas.serde.WireFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all consumers of an instance know together: which schemas records may pass with, which partitions wait for the
 * registry, and how far each partition has been read. Thread-safe.
 */
final class InputGate implements InputProgress {
    private static final Logger LOG = LoggerFactory.getLogger(InputGate.class);

    /** A consumer that waits goes on polling meanwhile, so a registry that is slow to refuse must not be asked often. */
    private static final long RETRY_AFTER_NANOS = 2_000_000_000L;

    private final SchemaRegistry registry;
    private final Map<TopicPartition, Progress> progress = new ConcurrentHashMap<>();
    private final Map<TopicPartition, String> waiting = new ConcurrentHashMap<>();
    private volatile long retryAtNanos = System.nanoTime();

    /**
     * @param lastDeliveredOffset of the records given to Streams since the partition was last positioned, or -1
     * @param emptyAtMs when nothing was known to be left in it, or -1
     */
    private record Progress(long lastDeliveredOffset, long emptyAtMs) {
        static final Progress NONE = new Progress(-1, -1);
    }

    InputGate(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Whether a record can be decoded without asking the registry, or never will be: what has no schema id, or one that
     * the registry does not know, passes and goes to the dead letters.
     */
    boolean isOpenFor(ConsumerRecord<byte[], byte[]> record) {
        int id = record.value() == null ? -1 : WireFormat.schemaId(record.value());
        return id < 0 || registry.isCached(id) || resolve(id, record);
    }

    /** The partition's records wait for the registry no longer. */
    void opened(TopicPartition partition) {
        if (waiting.remove(partition) != null) {
            LOG.info("{} goes on: the schema registry answers again", partition);
        }
    }

    void delivered(TopicPartition partition, long lastOffset) {
        progress.merge(partition, new Progress(lastOffset, -1), (old, now) -> new Progress(lastOffset, old.emptyAtMs));
    }

    void empty(TopicPartition partition, long atMs) {
        progress.merge(partition, new Progress(-1, atMs), (old, now) -> new Progress(old.lastDeliveredOffset, atMs));
    }

    /** Somebody else reads the partition now, or this consumer reads it anew. */
    void forget(TopicPartition partition) {
        progress.remove(partition);
        waiting.remove(partition);
    }

    /** What waits for the registry, as {@code topic-partition: reason}, in alphabetical order. */
    Set<String> waitingPartitions() {
        var texts = new TreeSet<String>();
        waiting.forEach((partition, reason) -> texts.add(partition + ": " + reason));
        return texts;
    }

    @Override
    public long caughtUpToMs(String topic, int partition, long lastProcessedOffset) {
        var known = progress.getOrDefault(new TopicPartition(topic, partition), Progress.NONE);
        return known.lastDeliveredOffset <= lastProcessedOffset ? known.emptyAtMs : -1;
    }

    private boolean resolve(int id, ConsumerRecord<byte[], byte[]> record) {
        if (System.nanoTime() - retryAtNanos < 0) {
            return false;
        }
        try {
            registry.resolve(id);
            return true;
        } catch (UnknownSchemaException e) {
            return true;
        } catch (RegistryUnavailableException e) {
            retryAtNanos = System.nanoTime() + RETRY_AFTER_NANOS;
            var partition = new TopicPartition(record.topic(), record.partition());
            if (waiting.put(partition, "schema " + id + ": " + e.getMessage()) == null) {
                LOG.warn("{} waits at offset {}: {}", partition, record.offset(), e.getMessage());
            }
            return false;
        }
    }
}
