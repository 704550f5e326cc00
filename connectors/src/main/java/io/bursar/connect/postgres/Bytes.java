package io.bursar.connect.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An array that grows, for what goes to the server in its binary format: big-endian. For one thread only. */
final class Bytes {
    /** The database stores every character but this one, and what stands for one that cannot be shown. */
    private static final char NUL = 0;

    private static final String REPLACEMENT = "\uFFFD";

    private byte[] array = new byte[4096];
    private int length;

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void int1(int value) {
        ensureRoomFor(1);
        array[length++] = (byte) value;
    }

    void int2(int value) {
        ensureRoomFor(Short.BYTES);
        array[length++] = (byte) (value >>> 8);
        array[length++] = (byte) value;
    }

    void int4(int value) {
        ensureRoomFor(Integer.BYTES);
        int4At(length, value);
        length += Integer.BYTES;
    }

    void int8(long value) {
        int4((int) (value >>> 32));
        int4((int) value);
    }

    void append(byte[] source) {
        append(source, source.length);
    }

    void append(Bytes source) {
        append(source.array, source.length);
    }

    /** As UTF-8. */
    void text(String text) {
        int chars = text.length();
        ensureRoomFor(chars);
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == NUL) {
                append(text.replace("\0", REPLACEMENT).getBytes(StandardCharsets.UTF_8));
                return;
            }
            array[at + i] = (byte) c;
        }
        length = at + chars;
    }

    /** Leaves room for a length that is known only when what it counts is written; for {@link #endSized}. */
    int beginSized() {
        int4(0);
        return length;
    }

    /** @param start as {@link #beginSized} gave it */
    void endSized(int start) {
        int4At(start - Integer.BYTES, length - start);
    }

    private void append(byte[] source, int count) {
        ensureRoomFor(count);
        System.arraycopy(source, 0, array, length, count);
        length += count;
    }

    private void int4At(int at, int value) {
        array[at] = (byte) (value >>> 24);
        array[at + 1] = (byte) (value >>> 16);
        array[at + 2] = (byte) (value >>> 8);
        array[at + 3] = (byte) value;
    }

    private void ensureRoomFor(int count) {
        if (count > array.length - length) {
            array = Arrays.copyOf(array, Math.max(Math.addExact(length, count), 2 * array.length));
        }
    }
}
