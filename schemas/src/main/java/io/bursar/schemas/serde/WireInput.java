package io.bursar.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericFixed;

/**
 * Avro's binary encoding in an array, from a place to the array's end. For the code of {@link WireRecord}s. For one
 * thread only. Every method fails with a {@link RuntimeException} where the bytes do not fit, and none takes more memory
 * than the bytes that are there justify.
 */
public final class WireInput {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int position;

    WireInput() {}

    void reset(byte[] source, int from) {
        bytes = source;
        position = from;
    }

    int left() {
        return bytes.length - position;
    }

    public boolean readBoolean() {
        return bytes[position++] == 1;
    }

    /** Also for the position of a union's branch or an enum's symbol. */
    public int readInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = bytes[position++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("An int of more than five bytes");
    }

    public long readLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            long next = bytes[position++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("A long of more than ten bytes");
    }

    public Instant readInstant() {
        long micros = readLong();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    public String readString() {
        int length = requireLeft(readLong());
        var text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    /** In an array of their own. */
    public ByteBuffer readBytes() {
        int length = requireLeft(readLong());
        var value = ByteBuffer.wrap(Arrays.copyOfRange(bytes, position, position + length));
        position += length;
        return value;
    }

    public <E> E readEnum(E[] symbols) {
        return symbols[readInt()];
    }

    /** Fills the value. */
    public <F extends GenericFixed> F readFixed(F value) {
        byte[] target = value.bytes();
        System.arraycopy(bytes, position, target, 0, target.length);
        position += target.length;
        return value;
    }

    /** How many items of an array follow before this has to be asked again; 0 at the array's end. */
    public int readCount() {
        long count = readLong();
        if (count < 0) {
            // A writer may say how many bytes the items take; then the count is negative.
            if (readLong() < 0) {
                throw new AvroRuntimeException("Items that take less than no bytes");
            }
            count = -count;
        }
        // The items of our arrays take a byte at least.
        return requireLeft(count);
    }

    /** To be thrown where a union has no branch of the position that was read. */
    public RuntimeException noSuchBranch() {
        return new AvroRuntimeException("A branch that the union does not have");
    }

    private int requireLeft(long count) {
        if (count < 0 || count > left()) {
            throw new AvroRuntimeException(count + " bytes or items announced where " + left() + " bytes are left");
        }
        return (int) count;
    }
}
