package io.bursar.processors.store;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The committed rows of one store: the latest in memory, over all others in RocksDB. A row that changes again and again
 * is written to RocksDB once in a while only, and an index row that comes and goes never.
 *
 * <p>Each commit moves some rows on to RocksDB, about as many as it brings, from the lowest key to the highest and from
 * the start again. When such a pass ends, RocksDB has everything up to the commit at which it began, and is given that
 * one's offset. A killed process loses what is in memory; the changelog has it after the stored offset.
 *
 * <p>Reads by any thread, changes by one thread at a time.
 */
final class CommittedRows implements AutoCloseable {
    /** Rows in memory, some 400 bytes each: more saves writes to RocksDB, fewer make a killed process restart faster. */
    static final int IN_MEMORY = 20_000;

    /** So often as many rows may change as are in memory before a pass begins that is not needed to make room. */
    private static final int CHANGES_PER_PASS = 4;

    /** Such a pass takes about so many commits. */
    private static final int COMMITS_PER_PASS = 16;

    private final Database database;
    private final TopicPartition changelog;
    private final int inMemory;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final RowBuffer recent = new RowBuffer();

    /** That the recent rows stand for, with all before them; null before the first commit. */
    private Long offset;

    /** Where the pass goes on; null between two passes. */
    private Bytes passedTo;

    private Long offsetOfPass;
    private long changesSincePass;

    /** Takes over the database; at most about {@code inMemory} rows are kept in memory. */
    CommittedRows(Database database, TopicPartition changelog, int inMemory) {
        this.database = database;
        this.changelog = changelog;
        this.inMemory = inMemory;
    }

    /** The row, or null. */
    byte[] get(Bytes key) {
        byte[] found;
        lock.readLock().lock();
        try {
            found = recent.find(key);
        } finally {
            lock.readLock().unlock();
        }
        // Were it committed and moved to RocksDB just now, it would be found there.
        return found == null ? database.get(key) : RowBuffer.row(found);
    }

    /** The rows from {@code from} to {@code to}, inclusive and null for no bound, as they are now. */
    KeyValueIterator<Bytes, byte[]> scan(Bytes from, Bytes to) {
        lock.readLock().lock();
        try {
            return recent.copyOver(database.scan(from, to), from, to);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The same for the thread that changes the rows, which must be through with it at its next commit. */
    KeyValueIterator<Bytes, byte[]> ownScan(Bytes from, Bytes to) {
        return recent.over(database.scan(from, to), from, to);
    }

    /**
     * Adds the rows of a transaction.
     *
     * @param lastOffset of their changelog records; null when they have none
     */
    void commit(RowBuffer rows, Long lastOffset) {
        lock.writeLock().lock();
        try {
            rows.addTo(recent);
        } finally {
            lock.writeLock().unlock();
        }
        offset = lastOffset == null ? offset : lastOffset;
        changesSincePass += rows.size();
        int surplus = recent.size() - inMemory;
        boolean isDue = changesSincePass > (long) CHANGES_PER_PASS * inMemory;
        int share = isDue || passedTo != null ? inMemory / COMMITS_PER_PASS + 1 : 0;
        if (surplus > 0 || share > 0) {
            move(Math.max(surplus, share));
        }
    }

    /** Moves all rows to RocksDB. */
    void moveAll() {
        if (!recent.isEmpty()) {
            passedTo = null;
            move(Integer.MAX_VALUE);
        }
    }

    private void move(int atMost) {
        var from = passedTo;
        if (from == null) {
            offsetOfPass = offset;
            changesSincePass = 0;
        }
        database.write(changes -> {
            passedTo = recent.addTo(changes, from, atMost);
            if (passedTo == null && offsetOfPass != null) {
                changes.putOffset(changelog, offsetOfPass);
            }
        });
        lock.writeLock().lock();
        try {
            recent.forget(from, passedTo);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** RocksDB, for changes that go past the rows in memory. There must be none: see {@link #moveAll}. */
    Database database() {
        return database;
    }

    /**
     * Moves all rows to RocksDB and closes it. Waits for the calls that go on and ends open scans.
     *
     * @throws InvalidStateStoreException in later calls
     */
    @Override
    public void close() {
        try (database) {
            moveAll();
        }
    }
}
