package io.bursar.schemas;

import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.WireFormat;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The hashes at the end of a journal entry. {@code previousHash} and {@code hash} are its last two fields and of fixed
 * size, so in the wire format they are its last 64 bytes, whatever the rest says; the hash covers everything between the
 * wire format's header and itself. For one thread only.
 */
public final class JournalHash {
    static final int HASH_BYTES = 32;
    private static final int SHORTEST_ENTRY_BYTES = WireFormat.HEADER_BYTES + 2 * HASH_BYTES;

    private final MessageDigest sha256;
    private final byte[] computed = new byte[HASH_BYTES];

    public JournalHash() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * The hash that an entry carries, not a computed one.
     *
     * @param wire a journal entry in the wire format
     * @throws MalformedRecordException when it is too short to be an entry
     */
    public static Hash hashOf(byte[] wire) {
        return new Hash(tail(wire, HASH_BYTES));
    }

    /**
     * The hash of the account's entry before, as an entry carries it.
     *
     * @param wire a journal entry in the wire format
     * @throws MalformedRecordException when it is too short to be an entry
     */
    public static Hash previousHashOf(byte[] wire) {
        return new Hash(tail(wire, 2 * HASH_BYTES));
    }

    /** Whether the hash that an entry in the wire format carries is that of its content. */
    public boolean isValid(byte[] wire) {
        if (wire.length < SHORTEST_ENTRY_BYTES || WireFormat.schemaId(wire) < 0) {
            return false;
        }
        int hashAt = wire.length - HASH_BYTES;
        digest(wire, computed, 0);
        return Arrays.equals(computed, 0, HASH_BYTES, wire, hashAt, wire.length);
    }

    /** Writes the hash of an entry's content to a place, which may be in the entry itself. */
    void digest(byte[] wire, byte[] target, int offset) {
        sha256.update(wire, WireFormat.HEADER_BYTES, wire.length - HASH_BYTES - WireFormat.HEADER_BYTES);
        try {
            sha256.digest(target, offset, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 fills " + HASH_BYTES + " bytes", e);
        }
    }

    private static byte[] tail(byte[] wire, int fromEnd) {
        if (wire.length < SHORTEST_ENTRY_BYTES) {
            throw new MalformedRecordException("A journal entry of " + wire.length
                    + " bytes is too short: its two hashes" + " and the header alone take " + SHORTEST_ENTRY_BYTES);
        }
        int from = wire.length - fromEnd;
        return Arrays.copyOfRange(wire, from, from + HASH_BYTES);
    }
}
