package io.bursar.processors.store;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory of all RocksDB stores of a process: they share a block cache, and memtables count against it.
 * Made with the first store, it lives as long as the process. Thread-safe.
 */
public final class StoreMemory {
    /** Names the bound, in bytes, among the properties of Kafka Streams. */
    public static final String BYTES_CONFIG = "bursar.rocksdb.memory.bytes";

    /** Memtables may take half: more stalls nothing but leaves too little for reads. */
    private static final long MEMTABLE_SHARE = 2;

    /**
     * The cache is cut into parts with a lock each, 64 of them if RocksDB may choose. The index and the filter of a file
     * take up to a megabyte each and have to fit beside the rows: in small parts they pushed each other out, and most looks
     * read them again.
     */
    private static final long SMALLEST_PART_BYTES = 16L << 20;

    private static final int MOST_PARTS = 64;

    private static StoreMemory shared;

    private final Cache cache;
    private final WriteBufferManager memtables;

    private StoreMemory(long bytes) {
        RocksDB.loadLibrary();
        // Evicts what was used longest ago. Over the bound it still takes what an open read needs: a strict one would
        // fail it.
        cache = new LRUCache(bytes, partBits(bytes));
        memtables = new WriteBufferManager(bytes / MEMTABLE_SHARE, cache);
    }

    /** How many parts there are, as a power of two. */
    private static int partBits(long bytes) {
        long parts = Math.clamp(bytes / SMALLEST_PART_BYTES, 1, MOST_PARTS);
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(parts);
    }

    /** The memory that all stores share; the bound is that of the first call. */
    static synchronized StoreMemory shared(long bytes) {
        if (shared == null) {
            shared = new StoreMemory(bytes);
        }
        return shared;
    }

    /** How many bytes are in use, memtables included; 0 before the first store. */
    public static synchronized long usedBytes() {
        return shared == null ? 0 : shared.cache.getUsage();
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager memtables() {
        return memtables;
    }
}
