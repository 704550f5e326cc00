package io.bursar.processors.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of one store: its rows, and beside them the offset of the changelog that they stand for, so that both can
 * be written at once. Thread-safe; after {@link #close} every call fails with {@link InvalidStateStoreException}.
 */
final class Database implements AutoCloseable {
    private static final byte[] OFFSETS = "offsets".getBytes(StandardCharsets.UTF_8);

    /**
     * No memtable is larger than this, so that many partitions share the bound of {@link StoreMemory}. Larger ones would be
     * written to disk less often, with more rows overwritten before; smaller ones leave more small files to compact.
     */
    private static final long LARGEST_MEMTABLE_BYTES = 32L << 20;

    /**
     * Of a write ahead log that keeps old memtables from being written and forgotten. It bounds the disk of a store and what
     * is read again when it opens; smaller would write memtables to disk before they are full.
     */
    private static final long WRITE_AHEAD_LOG_BYTES = 128L << 20;

    /** Twice RocksDB's own: half the index in memory and better compression; a single row costs reading twice as much. */
    private static final int BLOCK_BYTES = 8 << 10;

    /** One look in a hundred for a key that is not there reads a block in vain. It costs 10 bits of cache for each row. */
    private static final double BLOOM_BITS_PER_KEY = 10;

    /** Of the memtable, for its own Bloom filter: what is not in it is known at once. It leaves as much less for rows. */
    private static final double MEMTABLE_BLOOM_SHARE = 0.05;

    private final ReadWriteLock closing = new ReentrantReadWriteLock();
    private final Set<Scan> scans = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final List<AbstractNativeReference> natives = new ArrayList<>();
    private final WriteOptions writeOptions;
    private final RocksDB db;
    private final ColumnFamilyHandle rows;
    private final ColumnFamilyHandle offsets;
    private boolean closed;

    /** Opens the database in this folder, or makes one. */
    Database(Path folder, StoreMemory memory) {
        // No write waits for the disk. A killed process loses nothing that was written; what a killed machine loses,
        // the
        // changelog still has, at the cost of restoring it.
        writeOptions = keep(new WriteOptions()).setSync(false);
        var options = keep(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // No log of RocksDB's own in every store's folder; the cost is that its compactions cannot be looked
                // up.
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setMaxTotalWalSize(WRITE_AHEAD_LOG_BYTES)
                // One bound for all stores: when it is reached a memtable is written to disk, full or not.
                .setWriteBufferManager(memory.memtables());
        var handles = new ArrayList<ColumnFamilyHandle>();
        var families = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, rowOptions(memory)),
                new ColumnFamilyDescriptor(OFFSETS, keep(new ColumnFamilyOptions())));
        try {
            Files.createDirectories(folder);
            db = RocksDB.open(options, folder.toString(), families, handles);
        } catch (IOException | RocksDBException e) {
            release();
            throw new ProcessorStateException("the store in " + folder + " cannot be opened", e);
        }
        rows = handles.get(0);
        offsets = handles.get(1);
    }

    private ColumnFamilyOptions rowOptions(StoreMemory memory) {
        var table = new BlockBasedTableConfig()
                .setBlockCache(memory.cache())
                .setBlockSize(BLOCK_BYTES)
                // So that the bound of the cache holds for them too; they may have to be read again like any block,
                .setCacheIndexAndFilterBlocks(true)
                // except for those of the newest files, which every look needs.
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(keep(new BloomFilter(BLOOM_BITS_PER_KEY)));
        return keep(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(LARGEST_MEMTABLE_BYTES)
                // Most looks are for orders and executions that are not there: the filter answers them at once.
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE)
                .setMemtableWholeKeyFiltering(true)
                // A tenth of the disk is for what was overwritten, not up to half; it costs some more compaction.
                .setLevelCompactionDynamicLevelBytes(true)
                // Less disk, and more rows in the page cache, for little work when a block is read or written.
                .setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    private <T extends AbstractNativeReference> T keep(T reference) {
        natives.add(reference);
        return reference;
    }

    /** The row, or null. */
    byte[] get(Bytes key) {
        return whileOpen(() -> {
            try {
                return db.get(rows, key.get());
            } catch (RocksDBException e) {
                throw new ProcessorStateException("a row cannot be read", e);
            }
        });
    }

    /** The rows from {@code from} to {@code to}, both inclusive and null for no bound, as they are now. */
    Scan scan(Bytes from, Bytes to) {
        return whileOpen(() -> {
            var scan = new Scan(this, db.newIterator(rows), from, to);
            scans.add(scan);
            return scan;
        });
    }

    void forget(Scan scan) {
        scans.remove(scan);
    }

    /** Does this while nobody can close the database. */
    <T> T whileOpen(Supplier<T> action) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new InvalidStateStoreException("the store is closed");
            }
            return action.get();
        } finally {
            closing.readLock().unlock();
        }
    }

    /** Changes that {@link #write} makes together. */
    final class Changes implements RowChanges, AutoCloseable {
        private final WriteBatch batch = new WriteBatch();

        @Override
        public void put(Bytes key, byte[] value) {
            put(rows, key.get(), value);
        }

        @Override
        public void putIndex(Bytes key) {
            put(key, INDEX_VALUE);
        }

        @Override
        public void delete(Bytes key) {
            delete(rows, key.get());
        }

        void putOffset(TopicPartition changelog, long offset) {
            put(offsets, text(changelog), text(offset));
        }

        void deleteOffset(TopicPartition changelog) {
            delete(offsets, text(changelog));
        }

        void deleteAllOffsets() {
            try (var all = db.newIterator(offsets)) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    delete(offsets, all.key());
                }
            }
        }

        private void put(ColumnFamilyHandle family, byte[] key, byte[] value) {
            try {
                batch.put(family, key, value);
            } catch (RocksDBException e) {
                throw new ProcessorStateException("a row cannot be written", e);
            }
        }

        private void delete(ColumnFamilyHandle family, byte[] key) {
            try {
                batch.delete(family, key);
            } catch (RocksDBException e) {
                throw new ProcessorStateException("a row cannot be deleted", e);
            }
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    /**
     * Makes all of it, or nothing.
     *
     * @throws ProcessorStateException when it cannot be written, because the disk is full for example
     */
    void write(Consumer<Changes> change) {
        whileOpen(() -> {
            try (var changes = new Changes()) {
                change.accept(changes);
                db.write(writeOptions, changes.batch);
                return null;
            } catch (RocksDBException e) {
                throw new ProcessorStateException("rows cannot be written", e);
            }
        });
    }

    /** The offset that is stored for this changelog, or null. */
    Long offset(TopicPartition changelog) {
        return whileOpen(() -> {
            try {
                var stored = db.get(offsets, text(changelog));
                return stored == null ? null : Long.valueOf(new String(stored, StandardCharsets.UTF_8));
            } catch (RocksDBException e) {
                throw new ProcessorStateException("the offset of " + changelog + " cannot be read", e);
            }
        });
    }

    long approximateRows() {
        return whileOpen(() -> {
            try {
                return db.getLongProperty(rows, "rocksdb.estimate-num-keys");
            } catch (RocksDBException e) {
                throw new ProcessorStateException("the rows cannot be counted", e);
            }
        });
    }

    /** Waits for the calls that go on, and ends open scans. */
    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            scans.forEach(Scan::release);
            scans.clear();
            rows.close();
            offsets.close();
            db.close();
            release();
        } finally {
            closing.writeLock().unlock();
        }
    }

    private void release() {
        Collections.reverse(natives);
        natives.forEach(AbstractNativeReference::close);
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
