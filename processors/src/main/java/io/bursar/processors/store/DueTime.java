package io.bursar.processors.store;

import java.nio.ByteBuffer;

/**
 * The beginning of an indexed row's value: its format version, when it is due, and when it was due before. With the
 * latter the store takes the old index row away without reading the old value. A compacted changelog may lack the value
 * that took an index row away; so whoever follows the index compares the row's own time with that of the index.
 */
public final class DueTime {
    /** Of a row about which nothing is to be done at any time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How long the beginning is. */
    public static final int BYTES = 1 + 2 * Long.BYTES;

    private static final int DUE_AT = 1;
    private static final int BEFORE_AT = DUE_AT + Long.BYTES;

    private DueTime() {}

    /** Writes the times, in microseconds since 1970, into a value whose first byte is its format version. */
    public static void write(byte[] value, long dueMicros, long beforeMicros) {
        ByteBuffer.wrap(value).putLong(DUE_AT, dueMicros).putLong(BEFORE_AT, beforeMicros);
    }

    /** When the row is due, in microseconds since 1970. */
    public static long of(byte[] value) {
        return ByteBuffer.wrap(value).getLong(DUE_AT);
    }

    static long before(byte[] value) {
        return ByteBuffer.wrap(value).getLong(BEFORE_AT);
    }
}
