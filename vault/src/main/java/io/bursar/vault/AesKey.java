package io.bursar.vault;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** A key of AES-256 whose bytes can be overwritten, which those of the JDK's cannot. */
final class AesKey implements SecretKey, AutoCloseable {
    static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final transient byte[] bytes;

    /** @param bytes 32 of them, which become this key's own: closing it overwrites them */
    AesKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A key has " + bytes.length + " bytes, but must have " + BYTES);
        }
        this.bytes = bytes;
    }

    static AesKey random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new AesKey(bytes);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy, which is the caller's to overwrite. */
    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    /** Overwrites the key with zeros. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "AES key";
    }
}
