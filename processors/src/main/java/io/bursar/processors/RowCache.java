package io.bursar.processors;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows that were used last, as objects, so that they need not be read and decoded again. It stands for what the task
 * has written, committed or not, and goes with the task. For one thread only.
 */
final class RowCache<K, V> {
    private final long mostBytes;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(1 << 10, 0.75f, true);
    private long bytes;

    private record Entry<V>(V row, int bytes) {}

    /** @param mostBytes of the rows' encoded form; as objects they take some five times as much */
    RowCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The row, or null when it is not cached. */
    V get(K key) {
        var entry = entries.get(key);
        return entry == null ? null : entry.row();
    }

    void put(K key, V row, int encodedBytes) {
        var old = entries.put(key, new Entry<>(row, encodedBytes));
        bytes += encodedBytes - (old == null ? 0 : old.bytes());
        var eldest = entries.entrySet().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            bytes -= eldest.next().getValue().bytes();
            eldest.remove();
        }
    }

    void remove(K key) {
        var old = entries.remove(key);
        bytes -= old == null ? 0 : old.bytes();
    }
}
