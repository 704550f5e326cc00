package io.bursar.topology;

import io.bursar.processors.RegistryWaits;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.schemas.serde.WireFormat;
import java.time.Duration;
import java.util.Map;
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

/**
 * What all consumers of an instance know together: which schemas records may pass with, and which partitions wait for
 * the registry. Thread-safe.
 */
final class InputGate implements AutoCloseable {
    /**
     * How long a consumer waits for answers in one poll, whatever the number of its questions, before it goes on with its
     * other partitions. The transaction of its thread is open meanwhile: a registry that does not answer takes many
     * seconds to say so, and records with hundreds of ids that nobody knows take a request each.
     */
    static final Duration PATIENCE = Duration.ofMillis(200);

    /** A registry that is slow to refuse must not be asked often. */
    private static final long RETRY_AFTER_NANOS = 2_000_000_000L;

    private final SchemaRegistry registry;
    private final RegistryWaits waits;
    private final ExecutorService lookUps = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("schema-look-up").factory());
    private final Map<Integer, LookUp> pending = new ConcurrentHashMap<>();
    private volatile long retryAtNanos = System.nanoTime();
    private volatile String outage = "";

    /**
     * A question to the registry.
     *
     * @param answer false when there was none
     */
    private record LookUp(CompletableFuture<Boolean> answer, long askedAtNanos) {
        boolean isLate() {
            return System.nanoTime() - askedAtNanos >= PATIENCE.toNanos();
        }
    }

    /** What is left of a consumer's patience in one poll. For its thread only. */
    static final class Patience {
        private long nanosLeft = PATIENCE.toNanos();

        /** Waits as long as any patience is left; what was waited for in vain before is not waited for again. */
        private boolean await(LookUp lookUp) throws ExecutionException, TimeoutException {
            long start = System.nanoTime();
            try {
                return lookUp.answer().get(lookUp.isLate() ? 0 : nanosLeft, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } finally {
                nanosLeft = Math.max(0, nanosLeft - (System.nanoTime() - start));
            }
        }
    }

    InputGate(SchemaRegistry registry, RegistryWaits waits) {
        this.registry = registry;
        this.waits = waits;
    }

    /**
     * Whether a record can be decoded without asking the registry, or never will be: what has no schema id, or one that
     * the registry does not know, passes and goes to the dead letters.
     *
     * @param patience of the poll that the record came with
     */
    boolean isOpenFor(ConsumerRecord<byte[], byte[]> record, Patience patience) {
        int id = record.value() == null ? -1 : WireFormat.schemaId(record.value());
        return id < 0 || registry.isCached(id) || registry.refusal(id).isPresent() || isResolved(id, record, patience);
    }

    /** The partition's records wait for the registry no longer. */
    void opened(TopicPartition partition) {
        waits.end(partition.toString());
    }

    /** Gives up what is being asked. */
    @Override
    public void close() {
        lookUps.shutdownNow();
    }

    private boolean isResolved(int id, ConsumerRecord<byte[], byte[]> record, Patience patience) {
        if (System.nanoTime() - retryAtNanos < 0 && !pending.containsKey(id)) {
            return isHeldBecause(outage, id, record);
        }
        var lookUp = pending.computeIfAbsent(id, this::lookUp);
        try {
            return patience.await(lookUp) || isHeldBecause(outage, id, record);
        } catch (TimeoutException e) {
            // One that was asked only just now is none to alarm anybody about.
            return lookUp.isLate() && isHeldBecause("the registry has not answered yet", id, record);
        } catch (ExecutionException e) {
            throw new KafkaException("schema " + id + " cannot be looked up", e.getCause());
        }
    }

    private LookUp lookUp(int id) {
        return new LookUp(CompletableFuture.supplyAsync(() -> isAnswered(id), lookUps), System.nanoTime());
    }

    private boolean isAnswered(int id) {
        try {
            registry.resolve(id);
            return true;
        } catch (UnknownSchemaException e) {
            return true;
        } catch (RegistryUnavailableException e) {
            outage = e.getMessage();
            retryAtNanos = System.nanoTime() + RETRY_AFTER_NANOS;
            return false;
        } finally {
            pending.remove(id);
        }
    }

    /** Says so, and is never open. */
    private boolean isHeldBecause(String reason, int id, ConsumerRecord<byte[], byte[]> record) {
        waits.begin(
                new TopicPartition(record.topic(), record.partition()).toString(),
                "schema " + id + " at offset " + record.offset() + ": " + reason);
        return false;
    }
}
