package io.bursar.processors;

import io.bursar.processors.store.DueTime;
import io.bursar.schemas.serde.FastReader;
import io.bursar.schemas.serde.FastWriter;
import io.bursar.schemas.serde.MalformedRecordException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * Rows as bytes: one byte of format version, for some rows the {@link DueTime} that it begins, then Avro binary. For one
 * thread only.
 */
public final class RowCodec<T extends SpecificRecord> {
    private static final byte VERSION = 3;

    private final Class<T> type;
    private final int beginningBytes;
    private final FastWriter<T> writer;
    private final FastReader<T> reader;

    private RowCodec(Class<T> type, int beginningBytes) {
        this.type = type;
        this.beginningBytes = beginningBytes;
        var beginning = new byte[beginningBytes];
        beginning[0] = VERSION;
        writer = new FastWriter<>(type, beginning);
        reader = new FastReader<>(type);
    }

    /** For rows that nothing is to be done about at any time. */
    public static <T extends SpecificRecord> RowCodec<T> of(Class<T> type) {
        return new RowCodec<>(type, 1);
    }

    /** For rows that the store keeps an index of. */
    static <T extends SpecificRecord> RowCodec<T> withDueTime(Class<T> type) {
        return new RowCodec<>(type, DueTime.BYTES);
    }

    /** Of a row with a due time; {@code beforeMicros} is that of the value it takes the place of. */
    byte[] encode(T row, long dueMicros, long beforeMicros) {
        var value = encode(row);
        DueTime.write(value, dueMicros, beforeMicros);
        return value;
    }

    /** The row as it is stored. */
    public byte[] encode(T row) {
        return writer.write(row);
    }

    /**
     * The row, or null for null.
     *
     * @throws ProcessorStateException when the bytes are none that this version of Bursar has written
     */
    public T decode(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < beginningBytes || bytes[0] != VERSION) {
            throw unreadable(bytes, null);
        }
        try {
            return reader.read(bytes, beginningBytes);
        } catch (MalformedRecordException e) {
            throw unreadable(bytes, e);
        }
    }

    /** A row that cannot be read is no bad input but a broken store: the task must not go on. */
    private ProcessorStateException unreadable(byte[] bytes, Exception cause) {
        var version = bytes.length == 0 ? "none" : Byte.toString(bytes[0]);
        return new ProcessorStateException(
                "a stored " + type.getSimpleName() + " of " + bytes.length + " bytes and format version " + version
                        + " cannot be read; this version of Bursar reads format version " + VERSION,
                cause);
    }
}
