package io.bursar.topology;

import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.schemas.serde.WireFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all consumers of an instance know together: which schemas records may pass with, and which partitions wait for
 * the registry. Thread-safe.
 */
final class InputGate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InputGate.class);

    /**
     * How long a consumer waits for an answer before it goes on with its other partitions. A registry that does not answer
     * at all takes many seconds to say so, and the open transaction of the consumer's thread would not live that long.
     */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** A registry that is slow to refuse must not be asked often. */
    private static final long RETRY_AFTER_NANOS = 2_000_000_000L;

    private final SchemaRegistry registry;
    private final ExecutorService lookUps = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("schema-look-up").factory());
    private final Map<Integer, CompletableFuture<Void>> pending = new ConcurrentHashMap<>();
    private final Map<TopicPartition, String> waiting = new ConcurrentHashMap<>();
    private volatile long retryAtNanos = System.nanoTime();
    private volatile String outage = "";

    InputGate(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Whether a record can be decoded without asking the registry, or never will be: what has no schema id, or one that
     * the registry does not know, passes and goes to the dead letters.
     */
    boolean isOpenFor(ConsumerRecord<byte[], byte[]> record) {
        int id = record.value() == null ? -1 : WireFormat.schemaId(record.value());
        return id < 0 || registry.isCached(id) || isResolved(id, record);
    }

    /** The partition's records wait for the registry no longer. */
    void opened(TopicPartition partition) {
        if (waiting.remove(partition) != null) {
            LOG.info("{} does not wait for the schema registry any more", partition);
        }
    }

    /** What waits for the registry, as {@code topic-partition: reason}, in alphabetical order. */
    Set<String> waitingPartitions() {
        var texts = new TreeSet<String>();
        waiting.forEach((partition, reason) -> texts.add(partition + ": " + reason));
        return texts;
    }

    /** Gives up what is being asked. */
    @Override
    public void close() {
        lookUps.shutdownNow();
    }

    private boolean isResolved(int id, ConsumerRecord<byte[], byte[]> record) {
        var earlier = pending.get(id);
        if (earlier == null && System.nanoTime() - retryAtNanos < 0) {
            return waits(record, "schema " + id + ": " + outage);
        }
        if (earlier != null && !earlier.isDone()) {
            return waits(record, "schema " + id + ": the schema registry has not answered yet");
        }
        var lookUp = pending.computeIfAbsent(
                id, unknown -> CompletableFuture.runAsync(() -> registry.resolve(unknown), lookUps));
        try {
            lookUp.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            pending.remove(id, lookUp);
            return true;
        } catch (TimeoutException e) {
            return waits(record, "schema " + id + ": the schema registry has not answered yet");
        } catch (ExecutionException e) {
            pending.remove(id, lookUp);
            return isAnswer(e.getCause(), id, record);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private boolean isAnswer(Throwable failure, int id, ConsumerRecord<byte[], byte[]> record) {
        return switch (failure) {
            case UnknownSchemaException unknown -> true;
            case RegistryUnavailableException unavailable -> {
                outage = unavailable.getMessage();
                retryAtNanos = System.nanoTime() + RETRY_AFTER_NANOS;
                yield waits(record, "schema " + id + ": " + outage);
            }
            default -> throw new KafkaException("schema " + id + " cannot be looked up", failure);
        };
    }

    private boolean waits(ConsumerRecord<byte[], byte[]> record, String reason) {
        var partition = new TopicPartition(record.topic(), record.partition());
        if (waiting.put(partition, reason) == null) {
            LOG.warn("{} waits at offset {}: {}", partition, record.offset(), reason);
        }
        return false;
    }
}
