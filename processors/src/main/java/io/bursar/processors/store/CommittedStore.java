package io.bursar.processors.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A key-value store whose RocksDB holds committed rows only. What a transaction writes stays apart, where its own thread
 * sees it, until the transaction is committed. Committed rows stay in memory for a while and go to RocksDB in batches, with
 * the offset of the changelog that they stand for; see {@link TransactionalRows}. From this follows:
 *
 * <ul>
 *   <li>readers of other threads, interactive queries, never see a write that may yet be aborted;
 *   <li>a killed process finds its rows and its offset in agreement, and needs of the changelog only what came after;
 *   <li>a row that changes often is written to RocksDB now and then only.
 * </ul>
 *
 * What it takes for granted: all writes come from the thread of the transaction; its producer is a {@link StoreProducer};
 * the changelog holds the writes in their order (see docs/decisions for what Kafka Streams 4.3.1 promises and what not).
 * The stored offset may lie behind the rows, never ahead of them: restoring what is there already changes nothing.
 */
final class CommittedStore implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final DueIndex index;
    private final int inMemory;
    private TopicPartition changelog;
    private boolean commitsWithTransactions;
    private volatile TransactionalRows rows;

    // Of the last transaction. Only compared with the reader's own thread: what another thread reads here is never that
    // thread itself.
    private Thread owner;

    // Of an open transaction.
    private boolean joined;

    // The transaction's rows are lost, and so the offsets of its changelog records are worth nothing.
    private boolean discarded;

    // Committed rows that could not be written. Thrown from commitTransaction, it would be taken for a failed commit.
    private RuntimeException failure;

    CommittedStore(String name, DueIndex index) {
        this(name, index, TransactionalRows.IN_MEMORY);
    }

    CommittedStore(String name, DueIndex index, int inMemory) {
        this.name = name;
        this.index = index;
        this.inMemory = inMemory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        var configs = context.appConfigs();
        changelog = new TopicPartition(
                context.applicationId() + "-" + name + StoreProducer.CHANGELOG,
                context.taskId().partition());
        commitsWithTransactions = CommittedStores.commitsWithTransactions(configs);
        var memory = StoreMemory.shared(((Number) configs.get(StoreMemory.BYTES_CONFIG)).longValue());
        joined = false;
        discarded = false;
        failure = null;
        var folder = context.stateDir().toPath().resolve("committed").resolve(name);
        rows = new TransactionalRows(new Database(folder, memory), changelog, inMemory);
        context.register(root, new Restoring());
    }

    /** Opens it without a task: {@link #commit} commits what was written, nothing else does, and nobody restores it. */
    CommittedStore openAlone(Path folder, StoreMemory memory) {
        changelog = new TopicPartition(name + StoreProducer.CHANGELOG, 0);
        rows = new TransactionalRows(new Database(folder, memory), changelog, inMemory);
        return this;
    }

    @Override
    public byte[] get(Bytes key) {
        requireWhole();
        return isOwner() ? open().getOwn(key) : open().get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        requireWhole();
        return isOwner() ? open().scanOwn(from, to) : open().scan(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return range(null, null);
    }

    /** A null value deletes. */
    @Override
    public void put(Bytes key, byte[] value) {
        requireWhole();
        var changes = open().changes();
        if (!joined) {
            owner = Thread.currentThread();
            joined = true;
            Transaction.ofThisThread().join(this);
        } else if (!isOwner()) {
            throw new IllegalStateException(
                    "store " + name + " is written to by two threads, " + owner + " and " + Thread.currentThread());
        }
        if (value == null) {
            changes.delete(key);
        } else {
            changes.put(key, value);
            if (index.isIndexed(key) && DueTime.of(value) != DueTime.before(value)) {
                putIndex(key, value, changes);
            }
        }
    }

    private void putIndex(Bytes key, byte[] value, RowChanges changes) {
        if (DueTime.before(value) != DueTime.NEVER) {
            changes.delete(index.keyOf(key, DueTime.before(value)));
        }
        if (DueTime.of(value) != DueTime.NEVER) {
            changes.putIndex(index.keyOf(key, DueTime.of(value)));
        }
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        var present = get(key);
        if (present == null) {
            put(key, value);
        }
        return present;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> rows) {
        rows.forEach(row -> put(row.key, row.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        var deleted = get(key);
        put(key, null);
        return deleted;
    }

    @Override
    public long approximateNumEntries() {
        return open().database().approximateRows();
    }

    /** The transaction is committed. */
    void committed(Map<TopicPartition, Long> offsets) {
        try {
            open().commit(offsets.get(changelog));
        } catch (RuntimeException e) {
            failure = e;
            discarded = true;
        } finally {
            joined = false;
        }
    }

    /** The transaction is aborted, or its fate is unknown: the task will be closed and restored. */
    void aborted() {
        discarded = true;
        joined = false;
        open().rollBack();
    }

    /**
     * Keeps the offsets that the rows stand for, unless rows are missing: those of an open transaction, which come with
     * an offset of their own, or those of an aborted one. Without offsets, forgets the stored ones.
     */
    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        requireWhole();
        var open = open();
        if (!commitsWithTransactions && open.hasChanges()) {
            open.commit(null);
            Transaction.ofThisThread().leave(this);
            joined = false;
        }
        open.moveAll();
        if (offsets.get(changelog) == null) {
            open.forgetOffset();
        }
        boolean rowsAreComplete = !open.hasChanges() && !discarded;
        open.database().write(changes -> {
            if (offsets.isEmpty()) {
                changes.deleteAllOffsets();
            }
            for (var offset : offsets.entrySet()) {
                if (offset.getValue() == null) {
                    changes.deleteOffset(offset.getKey());
                } else if (rowsAreComplete) {
                    changes.putOffset(offset.getKey(), offset.getValue());
                }
            }
        });
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        return open().database().offset(partition);
    }

    @Override
    @Deprecated // by Kafka, which means to take it for granted one day
    @SuppressWarnings("InlineMeSuggester")
    public boolean managesOffsets() {
        return true;
    }

    private final class Restoring implements BatchingStateRestoreCallback {
        @Override
        public void restoreAll(Collection<KeyValue<byte[], byte[]>> records) {
            var open = open();
            // Of a task that was active before it became a standby.
            open.moveAll();
            open.database()
                    .write(changes ->
                            records.forEach(record -> restore(Bytes.wrap(record.key), record.value, changes)));
        }

        private void restore(Bytes key, byte[] value, RowChanges changes) {
            if (value == null) {
                changes.delete(key);
            } else {
                changes.put(key, value);
                if (index.isIndexed(key)) {
                    // Also when the time is the same as before: the record that set it may have been compacted away.
                    putIndex(key, value, changes);
                }
            }
        }
    }

    @Override
    public void close() {
        if (joined) {
            Transaction.ofThisThread().leave(this);
            joined = false;
        }
        var open = rows;
        rows = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return rows != null;
    }

    /** Queries that ask for a position are not supported. */
    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    private boolean isOwner() {
        return Thread.currentThread().equals(owner);
    }

    private TransactionalRows open() {
        var open = rows;
        if (open == null) {
            throw new InvalidStateStoreException("store " + name + " is not open");
        }
        return open;
    }

    private void requireWhole() {
        if (failure != null) {
            throw new ProcessorStateException("committed rows of store " + name + " could not be written", failure);
        }
    }
}
