package io.bursar.schemas.serde;

import java.io.OutputStream;
import java.util.Arrays;

/** Collects a value behind its header, in one array that is kept from value to value. Not thread-safe. */
final class WireBuffer extends OutputStream {
    private byte[] bytes = new byte[1024];
    private int length = WireFormat.HEADER_BYTES;

    WireBuffer(int schemaId) {
        WireFormat.writeHeader(bytes, schemaId);
    }

    @Override
    public void write(int oneByte) {
        ensureRoomFor(1);
        bytes[length++] = (byte) oneByte;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        ensureRoomFor(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void clear() {
        length = WireFormat.HEADER_BYTES;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensureRoomFor(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
        }
    }
}
