package io.bursar.processors.store;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The rows of one store: the latest in memory, with those of the open transaction, and all others in RocksDB. A row that
 * changes again and again is written to RocksDB once in a while only, and an index row that comes and goes never.
 *
 * <p>Each commit moves some rows on to RocksDB, about as many as it brings, from the lowest key to the highest and from
 * the start again. When such a pass ends, RocksDB has everything up to the commit at which it began, and is given that
 * one's offset. A killed process loses what is in memory; the changelog has it after the stored offset.
 *
 * <p>One thread at a time changes rows and uses the methods for its own view; all others read what is committed.
 */
final class TransactionalRows implements AutoCloseable {
    /** Rows in memory, some 400 bytes each: more saves writes to RocksDB, fewer make a killed process restart faster. */
    static final int IN_MEMORY = 20_000;

    /**
     * So often as many rows may change as are in memory before a pass begins that is not needed to make room. More saves
     * writes; it costs a killed process a longer restart, because RocksDB is further behind the changelog.
     */
    private static final int CHANGES_PER_PASS = 4;

    /** Such a pass takes about so many commits. More make each commit's share shorter, and the pass end later. */
    private static final int COMMITS_PER_PASS = 16;

    private final Database database;
    private final TopicPartition changelog;
    private final int inMemory;
    private final RecentRows recent = new RecentRows();

    /** That the committed rows stand for; null before the first commit, and when it was forgotten. */
    private Long offset;

    /** Where the pass goes on; null between two passes. */
    private Bytes passedTo;

    private Long offsetOfPass;
    private long changesSincePass;

    // Without one, the rows of a killed process would be wiped and restored from the first record on.
    private boolean isOffsetStored;

    /** Takes over the database; at most about {@code inMemory} committed rows are kept in memory. */
    TransactionalRows(Database database, TopicPartition changelog, int inMemory) {
        this.database = database;
        this.changelog = changelog;
        this.inMemory = inMemory;
        isOffsetStored = database.offset(changelog) != null;
    }

    /** Takes changes of the open transaction. */
    RowChanges changes() {
        return recent;
    }

    /** Whether the open transaction has changed anything. */
    boolean hasChanges() {
        return recent.changes() > 0;
    }

    /** The row as the open transaction left it, or null. */
    byte[] getOwn(Bytes key) {
        var found = recent.findOwn(key);
        return found == null ? database.get(key) : RecentRows.value(found);
    }

    /** The committed row, or null. */
    byte[] get(Bytes key) {
        var found = recent.find(key);
        // Were it committed and moved to RocksDB just now, it would be found there.
        return found == null ? database.get(key) : RecentRows.value(found);
    }

    /**
     * The rows as the open transaction left them, from {@code from} to {@code to}, inclusive and null for no bound. They
     * may be changed meanwhile, but not committed.
     */
    KeyValueIterator<Bytes, byte[]> scanOwn(Bytes from, Bytes to) {
        return recent.ownOver(database.scan(from, to), from, to);
    }

    /** The committed rows from {@code from} to {@code to}, inclusive and null for no bound, as they are now. */
    KeyValueIterator<Bytes, byte[]> scan(Bytes from, Bytes to) {
        return recent.over(() -> database.scan(from, to), from, to);
    }

    /**
     * The transaction is committed.
     *
     * @param lastOffset of its changelog records; null when it has none
     */
    void commit(Long lastOffset) {
        changesSincePass += recent.changes();
        recent.commit();
        offset = lastOffset == null ? offset : lastOffset;
        if (!isOffsetStored && offset != null) {
            moveAll();
            isOffsetStored = true;
        }
        int surplus = recent.size() - inMemory;
        boolean isDue = changesSincePass > (long) CHANGES_PER_PASS * inMemory;
        int share = isDue || passedTo != null ? inMemory / COMMITS_PER_PASS + 1 : 0;
        if (surplus > 0 || share > 0) {
            move(Math.max(surplus, share));
        }
    }

    /** The transaction is aborted. */
    void rollBack() {
        recent.rollBack();
    }

    /** Moves all committed rows to RocksDB. */
    void moveAll() {
        if (recent.size() > recent.changes()) {
            passedTo = null;
            move(Integer.MAX_VALUE);
        }
    }

    /** Stores no offset any more, until a commit brings one. */
    void forgetOffset() {
        offset = null;
        isOffsetStored = false;
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
        recent.forget(from, passedTo);
    }

    /** RocksDB, for what goes past the rows in memory; see {@link #moveAll}. */
    Database database() {
        return database;
    }

    /**
     * Moves all committed rows to RocksDB and closes it. Waits for the calls that go on and ends open scans.
     *
     * @throws InvalidStateStoreException in later calls
     */
    @Override
    public void close() {
        try (database) {
            recent.rollBack();
            moveAll();
        }
    }
}
