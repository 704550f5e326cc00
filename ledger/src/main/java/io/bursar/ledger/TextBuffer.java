package io.bursar.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Texts one after the other, as UTF-8 with their lengths before them, so that no two lists of texts have the same bytes.
 * Keeps its array, which grows to the longest list it held. For one thread only.
 */
final class TextBuffer {
    private static final int LENGTH_BYTES = Integer.BYTES;

    /** Of {@link Long#MIN_VALUE}, sign included. */
    private static final int MOST_DIGITS = 20;

    private final byte[] digits = new byte[MOST_DIGITS];
    private byte[] bytes = new byte[1024];
    private int length;

    /** One text with its length before it, for {@link #append(byte[])}. */
    static byte[] textOf(String text) {
        var buffer = new TextBuffer();
        buffer.append(text);
        return Arrays.copyOf(buffer.bytes, buffer.length);
    }

    void clear() {
        length = 0;
    }

    /** Appends what {@link #textOf} made. */
    void append(byte[] text) {
        ensureRoomFor(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    void append(String text) {
        int chars = text.length();
        ensureRoomFor(LENGTH_BYTES + chars);
        var target = bytes;
        int start = length + LENGTH_BYTES;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                var utf8 = text.getBytes(StandardCharsets.UTF_8);
                append(utf8, 0, utf8.length);
                return;
            }
            target[start + i] = (byte) c;
        }
        endText(chars);
    }

    /** The text of a number: decimal digits, after a minus sign where it is negative. */
    void append(long number) {
        int at = MOST_DIGITS;
        // From the last digit on, and below zero: the smallest number has no positive counterpart.
        long rest = number < 0 ? number : -number;
        do {
            digits[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (number < 0) {
            digits[--at] = '-';
        }
        append(digits, at, MOST_DIGITS - at);
    }

    /** Hands all texts to a digest. */
    void update(MessageDigest digest) {
        digest.update(bytes, 0, length);
    }

    private void append(byte[] source, int from, int count) {
        ensureRoomFor(LENGTH_BYTES + count);
        System.arraycopy(source, from, bytes, length + LENGTH_BYTES, count);
        endText(count);
    }

    /** The text itself is there already. */
    private void endText(int textBytes) {
        for (int i = 0; i < LENGTH_BYTES; i++) {
            bytes[length + i] = (byte) (textBytes >>> (24 - 8 * i));
        }
        length += LENGTH_BYTES + textBytes;
    }

    private void ensureRoomFor(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
        }
    }
}
