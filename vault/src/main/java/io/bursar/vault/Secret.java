package io.bursar.vault;

import java.util.Arrays;

/** A secret that was opened, in memory until it is closed. For one thread. */
public final class Secret implements AutoCloseable {
    private final byte[] bytes;
    private boolean closed;

    /** @param bytes become this secret's own: closing it overwrites them */
    public Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The secret itself, not a copy: closing overwrites it.
     *
     * @throws IllegalStateException when it is closed
     */
    public byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("The secret is closed");
        }
        return bytes;
    }

    /** Overwrites the secret with zeros. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return closed ? "Secret, closed" : "Secret";
    }
}
