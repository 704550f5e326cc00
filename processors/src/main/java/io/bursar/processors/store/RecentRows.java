package io.bursar.processors.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Rows that have changed lately, in the order of their keys, over others that it does not know. Each is here as the open
 * transaction left it, for the one thread that changes rows, and as it is committed, for all others. Those see a
 * transaction's rows all at once.
 *
 * <p>An index row that is put and deleted again leaves nothing behind, not even its deletion: most orders come and go
 * while their rows are here. That holds because an index row is put only where there is none.
 */
@SuppressWarnings("ReferenceEquality") // of the two marks, which no row has for its value
final class RecentRows implements RowChanges {
    private static final byte[] DELETED = {};

    /** Of an index row of which the others have nothing. */
    private static final byte[] NEW_INDEX_ROW = {};

    private final NavigableMap<Bytes, Row> rows = new TreeMap<>();
    private final KeyFilter keys = new KeyFilter();
    private final List<Row> changed = new ArrayList<>();

    // Held for writing while others could see the map or a committed value change.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** Values are null where only the others may have the row. */
    private static final class Row {
        final Bytes key;
        byte[] own;
        byte[] committed;
        boolean isChanged;

        Row(Bytes key) {
            this.key = key;
        }
    }

    int size() {
        return rows.size();
    }

    /** How many rows the open transaction has changed. */
    int changes() {
        return changed.size();
    }

    @Override
    public void put(Bytes key, byte[] value) {
        change(key).own = value;
    }

    @Override
    public void putIndex(Bytes key) {
        var row = change(key);
        row.own = row.own == null || row.own == NEW_INDEX_ROW ? NEW_INDEX_ROW : INDEX_VALUE;
    }

    @Override
    public void delete(Bytes key) {
        var row = change(key);
        row.own = row.own == NEW_INDEX_ROW ? null : DELETED;
    }

    private Row change(Bytes key) {
        var row = row(key);
        if (row == null) {
            row = new Row(key);
            lock.writeLock().lock();
            try {
                rows.put(key, row);
                keys.add(key);
            } finally {
                lock.writeLock().unlock();
            }
        }
        if (!row.isChanged) {
            row.isChanged = true;
            changed.add(row);
        }
        return row;
    }

    private Row row(Bytes key) {
        return keys.mayContain(key) ? rows.get(key) : null;
    }

    /** What the thread of the transaction finds here: null for nothing, else for {@link #value}. */
    byte[] findOwn(Bytes key) {
        var row = row(key);
        return row == null ? null : row.own;
    }

    /** What any thread finds here: null for nothing, else for {@link #value}. */
    byte[] find(Bytes key) {
        lock.readLock().lock();
        try {
            var row = row(key);
            return row == null ? null : row.committed;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The row's value, or null when it was found to be deleted. */
    static byte[] value(byte[] found) {
        return found == DELETED ? null : found;
    }

    /** The open transaction is committed. */
    void commit() {
        end(row -> row.committed = row.own);
    }

    /** The open transaction is aborted. */
    void rollBack() {
        end(row -> row.own = row.committed);
    }

    private void end(Function<Row, byte[]> outcome) {
        lock.writeLock().lock();
        try {
            for (var row : changed) {
                row.isChanged = false;
                if (outcome.apply(row) == null) {
                    rows.remove(row.key);
                    keys.remove(row.key);
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
        changed.clear();
    }

    /**
     * Adds the committed rows from {@code from} on, null for the first, to these changes.
     *
     * @return where to go on after about that many rows; null at the end
     */
    Bytes addTo(RowChanges changes, Bytes from, int atMost) {
        int left = atMost;
        for (var row : from(from).values()) {
            if (left == 0) {
                return row.key;
            }
            left--;
            if (row.committed == DELETED) {
                changes.delete(row.key);
            } else if (row.committed != null) {
                changes.put(row.key, row.committed);
            }
        }
        return null;
    }

    /**
     * The others have the committed rows now, from {@code from} on, null for the first, up to {@code end}, exclusive and
     * null for the last.
     */
    void forget(Bytes from, Bytes end) {
        lock.writeLock().lock();
        try {
            (end == null ? from(from) : from(from).headMap(end, false)).values().removeIf(this::isForgotten);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What the open transaction has changed stays. */
    private boolean isForgotten(Row row) {
        if (!row.isChanged) {
            keys.remove(row.key);
            return true;
        }
        if (row.committed == NEW_INDEX_ROW) {
            row.committed = INDEX_VALUE;
            row.own = row.own == null ? DELETED : INDEX_VALUE;
        }
        return false;
    }

    /**
     * For the thread of the transaction, these rows over others, from {@code from} to {@code to}, inclusive and null for
     * no bound. It may change rows meanwhile, but not commit them.
     */
    KeyValueIterator<Bytes, byte[]> ownOver(KeyValueIterator<Bytes, byte[]> others, Bytes from, Bytes to) {
        return new Merged<>(rows, row -> row.own, others, from, to);
    }

    /**
     * For any thread, the committed rows over others.
     *
     * @param others is asked while no transaction can be committed
     */
    KeyValueIterator<Bytes, byte[]> over(Supplier<KeyValueIterator<Bytes, byte[]>> others, Bytes from, Bytes to) {
        lock.readLock().lock();
        try {
            var committed = new TreeMap<Bytes, byte[]>();
            range(from, to).forEach((key, row) -> {
                if (row.committed != null) {
                    committed.put(key, row.committed);
                }
            });
            return committed.isEmpty()
                    ? others.get()
                    : new Merged<>(committed, Function.identity(), others.get(), from, to);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Map<Bytes, Row> range(Bytes from, Bytes to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            return Map.of();
        }
        return to == null ? from(from) : from(from).headMap(to, true);
    }

    private NavigableMap<Bytes, Row> from(Bytes from) {
        return from == null ? rows : rows.tailMap(from, true);
    }

    /** Goes from key to key, so that rows may be changed meanwhile. */
    private static final class Merged<V> implements KeyValueIterator<Bytes, byte[]> {
        private final NavigableMap<Bytes, V> rows;
        private final Function<V, byte[]> found;
        private final KeyValueIterator<Bytes, byte[]> others;
        private final Bytes to;
        private Map.Entry<Bytes, V> upper;
        private KeyValue<Bytes, byte[]> next;

        /** @param found is null for a row that only the others may have */
        Merged(
                NavigableMap<Bytes, V> rows,
                Function<V, byte[]> found,
                KeyValueIterator<Bytes, byte[]> others,
                Bytes from,
                Bytes to) {
            this.rows = rows;
            this.found = found;
            this.others = others;
            this.to = to;
            upper = within(from == null ? rows.firstEntry() : rows.ceilingEntry(from));
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Bytes peekNextKey() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next.key;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            var result = next;
            advance();
            return result;
        }

        @Override
        public void close() {
            others.close();
        }

        private void advance() {
            do {
                next = lower();
            } while (next != null && next.value == null);
        }

        /** The next row of the two; its value is null when it is deleted. */
        private KeyValue<Bytes, byte[]> lower() {
            if (upper == null) {
                return others.hasNext() ? others.next() : null;
            }
            if (others.hasNext()) {
                int order = others.peekNextKey().compareTo(upper.getKey());
                if (order < 0) {
                    return others.next();
                }
                if (order == 0) {
                    others.next();
                }
            }
            var row = KeyValue.pair(upper.getKey(), value(found.apply(upper.getValue())));
            upper = within(rows.higherEntry(upper.getKey()));
            return row;
        }

        /** The entry, or the next one of which something is known here. */
        private Map.Entry<Bytes, V> within(Map.Entry<Bytes, V> entry) {
            var at = entry;
            while (at != null && found.apply(at.getValue()) == null) {
                at = rows.higherEntry(at.getKey());
            }
            return at == null || (to != null && at.getKey().compareTo(to) > 0) ? null : at;
        }
    }
}
