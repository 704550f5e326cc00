package io.bursar.processors;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory of all RocksDB stores of a process: they share a block cache, and memtables count against
 * it. Streams makes an instance for each store; the cache is made with the first one and lives as long as the process.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
    /** Names the setting, in bytes, among the properties of Kafka Streams. */
    public static final String BYTES_CONFIG = "bursar.rocksdb.memory.bytes";

    /** Memtables may take half: more stalls nothing but leaves too little for reads. */
    private static final long MEMTABLE_SHARE = 2;

    /** No memtable is larger than this, so that many partitions share the bound. */
    private static final long LARGEST_MEMTABLE_BYTES = 16L << 20;

    private static final int BLOCK_BYTES = 16 << 10;

    private static Cache cache;
    private static WriteBufferManager memtables;

    /** Called by Kafka Streams. */
    public RocksDbMemory() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        share(((Number) configs.get(BYTES_CONFIG)).longValue(), options);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache is shared with the stores that stay open.
    }

    private static synchronized void share(long bytes, Options options) {
        if (cache == null) {
            cache = new LRUCache(bytes);
            memtables = new WriteBufferManager(bytes / MEMTABLE_SHARE, cache);
        }
        // The table's own cache is made by Streams, 50 MiB for each store; it goes with the configuration.
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(cache);
            table.setBlockSize(BLOCK_BYTES);
            table.setCacheIndexAndFilterBlocks(true);
            table.setPinL0FilterAndIndexBlocksInCache(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(memtables);
        options.setWriteBufferSize(LARGEST_MEMTABLE_BYTES);
    }
}
