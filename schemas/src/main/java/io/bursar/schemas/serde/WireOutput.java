package io.bursar.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.generic.GenericFixed;

/**
 * Collects Avro's binary encoding behind a header, in one array that is kept from record to record. For the code of
 * {@link WireRecord}s. For one thread only.
 */
public final class WireOutput {
    private static final int MAX_VARINT_BYTES = 10;

    private final int headerBytes;
    private byte[] bytes;
    private int length;

    WireOutput(byte[] header) {
        this.headerBytes = header.length;
        this.bytes = Arrays.copyOf(header, Math.addExact(header.length, 1024));
        this.length = header.length;
    }

    void clear() {
        length = headerBytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void writeBoolean(boolean value) {
        ensureRoomFor(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    /** Also for the position of a union's branch or an enum's symbol. */
    public void writeInt(int value) {
        // The same bytes as for a long of the same value.
        writeLong(value);
    }

    public void writeLong(long value) {
        ensureRoomFor(MAX_VARINT_BYTES);
        byte[] target = bytes;
        int at = length;
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        length = at;
    }

    /**
     * Whole microseconds since 1970, rounded down.
     *
     * @throws ArithmeticException when a long cannot hold them
     */
    public void writeInstant(Instant instant) {
        long seconds = instant.getEpochSecond();
        int micros = instant.getNano() / 1_000;
        if (seconds < 0 && instant.getNano() > 0) {
            // The earliest instant's own seconds would overflow, though it fits.
            writeLong(Math.addExact(Math.multiplyExact(seconds + 1, 1_000_000L), micros - 1_000_000L));
        } else {
            writeLong(Math.addExact(Math.multiplyExact(seconds, 1_000_000L), micros));
        }
    }

    public void writeString(String text) {
        int start = length;
        int chars = text.length();
        writeInt(chars);
        ensureRoomFor(chars);
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = start;
                writeBytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            target[at + i] = (byte) c;
        }
        length = at + chars;
    }

    /** Its first bytes, as many as the schema says. */
    public void writeFixed(GenericFixed value, int size) {
        append(value.bytes(), size);
    }

    /** All that is left in the buffer, whose position stays. */
    public void writeBytes(ByteBuffer value) {
        var source = new byte[value.remaining()];
        value.duplicate().get(source);
        writeBytes(source);
    }

    /** Begins an array; its items follow, then {@link #writeEnd}. */
    public void writeCount(int items) {
        if (items > 0) {
            writeInt(items);
        }
    }

    /** Ends an array. */
    public void writeEnd() {
        ensureRoomFor(1);
        bytes[length++] = 0;
    }

    private void writeBytes(byte[] source) {
        writeInt(source.length);
        append(source, source.length);
    }

    private void append(byte[] source, int count) {
        ensureRoomFor(count);
        System.arraycopy(source, 0, bytes, length, count);
        length += count;
    }

    private void ensureRoomFor(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
        }
    }
}
