package io.bursar.processors.store;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** What the open transaction has written and deleted, in the order of the keys. For the thread of the transaction. */
final class PendingRows implements RowChanges {
    /** A deleted row is null. */
    private final NavigableMap<Bytes, byte[]> rows = new TreeMap<>();

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean contains(Bytes key) {
        return rows.containsKey(key);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        rows.put(key, value);
    }

    @Override
    public void delete(Bytes key) {
        rows.put(key, null);
    }

    /** The row, or null when it is deleted; the transaction {@link #contains} it. */
    byte[] get(Bytes key) {
        return rows.get(key);
    }

    void clear() {
        rows.clear();
    }

    void addTo(RowChanges changes) {
        for (var row : rows.entrySet()) {
            if (row.getValue() == null) {
                changes.delete(row.getKey());
            } else {
                changes.put(row.getKey(), row.getValue());
            }
        }
    }

    /** These rows over committed ones, from {@code from} to {@code to}, inclusive and null for no bound. */
    KeyValueIterator<Bytes, byte[]> over(KeyValueIterator<Bytes, byte[]> committed, Bytes from, Bytes to) {
        return new Merged(committed, from, to);
    }

    /** Goes from key to key, so that rows may be written meanwhile. */
    private final class Merged implements KeyValueIterator<Bytes, byte[]> {
        private final KeyValueIterator<Bytes, byte[]> committed;
        private final Bytes to;
        private Map.Entry<Bytes, byte[]> pending;
        private KeyValue<Bytes, byte[]> next;

        Merged(KeyValueIterator<Bytes, byte[]> committed, Bytes from, Bytes to) {
            this.committed = committed;
            this.to = to;
            pending = within(from == null ? rows.firstEntry() : rows.ceilingEntry(from));
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
            committed.close();
        }

        private void advance() {
            do {
                next = lower();
            } while (next != null && next.value == null);
        }

        /** The next row of the two; its value is null when it is deleted. */
        private KeyValue<Bytes, byte[]> lower() {
            if (pending == null) {
                return committed.hasNext() ? committed.next() : null;
            }
            if (committed.hasNext()) {
                int order = committed.peekNextKey().compareTo(pending.getKey());
                if (order < 0) {
                    return committed.next();
                }
                if (order == 0) {
                    committed.next();
                }
            }
            var row = KeyValue.pair(pending.getKey(), pending.getValue());
            pending = within(rows.higherEntry(pending.getKey()));
            return row;
        }

        private Map.Entry<Bytes, byte[]> within(Map.Entry<Bytes, byte[]> entry) {
            return entry == null || (to != null && entry.getKey().compareTo(to) > 0) ? null : entry;
        }
    }
}
