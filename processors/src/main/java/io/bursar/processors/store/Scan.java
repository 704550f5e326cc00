package io.bursar.processors.store;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.rocksdb.RocksIterator;

/** Committed rows in ascending order of their keys. For one thread only, but the database may be closed by another. */
final class Scan implements KeyValueIterator<Bytes, byte[]> {
    private final Database database;
    private final RocksIterator rows;
    private final byte[] last;
    private boolean closed;

    /** Is called while nobody can close the database; both bounds are inclusive, null for none. */
    Scan(Database database, RocksIterator rows, Bytes from, Bytes to) {
        this.database = database;
        this.rows = rows;
        last = to == null ? null : to.get();
        if (from == null) {
            rows.seekToFirst();
        } else {
            rows.seek(from.get());
        }
    }

    @Override
    public boolean hasNext() {
        return database.whileOpen(this::isWithin);
    }

    @Override
    public Bytes peekNextKey() {
        return database.whileOpen(() -> Bytes.wrap(key()));
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        return database.whileOpen(() -> {
            var row = KeyValue.pair(Bytes.wrap(key()), rows.value());
            rows.next();
            return row;
        });
    }

    @Override
    public void close() {
        database.forget(this);
        release();
    }

    /** Gives its native memory back. */
    synchronized void release() {
        if (!closed) {
            closed = true;
            rows.close();
        }
    }

    private byte[] key() {
        if (!isWithin()) {
            throw new NoSuchElementException();
        }
        return rows.key();
    }

    private boolean isWithin() {
        return rows.isValid() && (last == null || Arrays.compareUnsigned(rows.key(), last) <= 0);
    }
}
