package io.bursar.topology.settings;

/**
 * How the resident memory of a process is cut: so much for what the JVM and the clients need in any case, and of the rest
 * a share for the heap and one for RocksDB; what is left covers what both take beyond their bounds (the collector's own
 * tables, indexes of open files, what malloc does not give back). The shares were measured; docs/performance.md has what
 * was resident in the end.
 *
 * @param mb of all together, MiB, from {@link #LEAST_MB} on
 */
public record Memory(int mb) {
    /** With less, neither the heap nor RocksDB could do their work. */
    static final int LEAST_MB = 400;

    /** Classes, compiled code, stacks and buffers: hardly more for large instances than for small ones. */
    private static final int OF_THE_JVM_MB = 208;

    private static final int HEAP_PERCENT = 63;
    private static final int ROCKSDB_PERCENT = 21;

    /** The largest heap, MiB. */
    public int heapMb() {
        return share(HEAP_PERCENT);
    }

    /** For the block cache and memtables, MiB. */
    public int rocksDbMb() {
        return share(ROCKSDB_PERCENT);
    }

    private int share(int percent) {
        return Math.toIntExact((long) (mb - OF_THE_JVM_MB) * percent / 100);
    }
}
