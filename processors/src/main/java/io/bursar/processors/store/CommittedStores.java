package io.bursar.processors.store;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes stores of which RocksDB holds committed rows only. The builder must leave caching off and logging on.
 *
 * @param name of the store
 * @param index where rows are indexed by time
 */
public record CommittedStores(String name, DueIndex index) implements KeyValueBytesStoreSupplier {
    /**
     * Among the properties of Kafka Streams, {@code true} when producers are {@link StoreProducer}s and tell when
     * transactions are committed. Otherwise, as in a test driver without producers, rows go to RocksDB whenever the task
     * is committed.
     */
    public static final String TRANSACTIONS_CONFIG = "bursar.store.transactions";

    /**
     * Opens a store that belongs to no task. What is written to it is committed by its {@code commit} with no offsets. For
     * one thread only.
     *
     * @param folder is made if it is missing
     * @param memoryBytes for the block cache and the memtables; the first call in the process decides
     */
    public KeyValueStore<Bytes, byte[]> openAlone(Path folder, long memoryBytes) {
        return new CommittedStore(name, index).openAlone(folder, StoreMemory.shared(memoryBytes));
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new CommittedStore(name, index);
    }

    @Override
    public String metricsScope() {
        return "committed";
    }

    static boolean commitsWithTransactions(Map<String, Object> configs) {
        return Boolean.TRUE.equals(configs.get(TRANSACTIONS_CONFIG));
    }
}
