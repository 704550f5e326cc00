package io.bursar.processors.store;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Rows that were put and deleted, in the order of their keys, over others that it does not know. Not thread-safe.
 *
 * <p>An index row that is put and deleted again leaves nothing behind, not even its deletion: most orders come and go
 * while their rows are in a buffer. That holds because an index row is put only where there was none.
 */
@SuppressWarnings("ReferenceEquality") // of the two marks, which no row has for its value
final class RowBuffer implements RowChanges {
    private static final byte[] DELETED = {};

    /** Of an index row about which nothing was known here. */
    private static final byte[] NEW_INDEX_ROW = {};

    private final NavigableMap<Bytes, byte[]> rows = new TreeMap<>();
    private final KeyFilter keys = new KeyFilter();

    int size() {
        return rows.size();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public void put(Bytes key, byte[] value) {
        set(key, value);
    }

    @Override
    public void putIndex(Bytes key) {
        var before = find(key);
        set(key, before == null || before == NEW_INDEX_ROW ? NEW_INDEX_ROW : INDEX_VALUE);
    }

    @Override
    public void delete(Bytes key) {
        if (set(key, DELETED) == NEW_INDEX_ROW) {
            rows.remove(key);
            keys.remove(key);
        }
    }

    private byte[] set(Bytes key, byte[] value) {
        var before = rows.put(key, value);
        if (before == null) {
            keys.add(key);
        }
        return before;
    }

    /** What is known here of this row: null for nothing, else for {@link #row}. */
    byte[] find(Bytes key) {
        return keys.mayContain(key) ? rows.get(key) : null;
    }

    /** The row that was found, or null when it is deleted. */
    static byte[] row(byte[] found) {
        return found == DELETED ? null : found;
    }

    void clear() {
        rows.clear();
        keys.clear();
    }

    void addTo(RowChanges changes) {
        rows.forEach((key, value) -> add(key, value, changes));
    }

    /**
     * Adds rows from {@code from} on, null for the first, to these changes.
     *
     * @return where to go on after that many rows; null at the end
     */
    Bytes addTo(RowChanges changes, Bytes from, int atMost) {
        int left = atMost;
        for (var row : (from == null ? rows : rows.tailMap(from, true)).entrySet()) {
            if (left == 0) {
                return row.getKey();
            }
            add(row.getKey(), row.getValue(), changes);
            left--;
        }
        return null;
    }

    private static void add(Bytes key, byte[] value, RowChanges changes) {
        if (value == DELETED) {
            changes.delete(key);
        } else if (value == NEW_INDEX_ROW) {
            changes.putIndex(key);
        } else {
            changes.put(key, value);
        }
    }

    /** Forgets the rows from {@code from} on, null for the first, up to {@code end}, exclusive and null for the last. */
    void forget(Bytes from, Bytes end) {
        var begun = from == null ? rows : rows.tailMap(from, true);
        var forgotten = end == null ? begun : begun.headMap(end, false);
        forgotten.keySet().forEach(keys::remove);
        forgotten.clear();
    }

    /**
     * These rows over others, from {@code from} to {@code to}, inclusive and null for no bound. Rows may be changed
     * meanwhile.
     */
    KeyValueIterator<Bytes, byte[]> over(KeyValueIterator<Bytes, byte[]> others, Bytes from, Bytes to) {
        return new Merged(rows, others, from, to);
    }

    /** The same with these rows as they are now. */
    KeyValueIterator<Bytes, byte[]> copyOver(KeyValueIterator<Bytes, byte[]> others, Bytes from, Bytes to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            return others;
        }
        var begun = from == null ? rows : rows.tailMap(from, true);
        var inRange = to == null ? begun : begun.headMap(to, true);
        return inRange.isEmpty() ? others : new Merged(new TreeMap<>(inRange), others, from, to);
    }

    /** Goes from key to key, so that rows may be changed meanwhile. */
    private static final class Merged implements KeyValueIterator<Bytes, byte[]> {
        private final NavigableMap<Bytes, byte[]> rows;
        private final KeyValueIterator<Bytes, byte[]> others;
        private final Bytes to;
        private Map.Entry<Bytes, byte[]> own;
        private KeyValue<Bytes, byte[]> next;

        Merged(
                NavigableMap<Bytes, byte[]> rows, KeyValueIterator<Bytes, byte[]> others, Bytes from, Bytes to) {
            this.rows = rows;
            this.others = others;
            this.to = to;
            own = within(from == null ? rows.firstEntry() : rows.ceilingEntry(from));
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
            if (own == null) {
                return others.hasNext() ? others.next() : null;
            }
            if (others.hasNext()) {
                int order = others.peekNextKey().compareTo(own.getKey());
                if (order < 0) {
                    return others.next();
                }
                if (order == 0) {
                    others.next();
                }
            }
            var row = KeyValue.pair(own.getKey(), row(own.getValue()));
            own = within(rows.higherEntry(own.getKey()));
            return row;
        }

        private Map.Entry<Bytes, byte[]> within(Map.Entry<Bytes, byte[]> entry) {
            return entry == null || (to != null && entry.getKey().compareTo(to) > 0) ? null : entry;
        }
    }
}
