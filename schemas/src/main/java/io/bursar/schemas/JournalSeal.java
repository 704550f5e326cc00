package io.bursar.schemas;

import io.bursar.schemas.serde.RecordEncoder;
import org.apache.kafka.common.errors.SerializationException;

/** Writes journal entries and chains them by their hashes. For one thread only. */
public final class JournalSeal {
    private final RecordEncoder<JournalEntry> encoder;
    private final JournalHash hash = new JournalHash();

    /** @param schemaId as the registry gave it for {@link JournalEntry}'s schema */
    public JournalSeal(int schemaId) {
        this.encoder = new RecordEncoder<>(JournalEntry.class, schemaId);
    }

    /**
     * The entry in the wire format, with its previous hash and its own hash filled in. {@link JournalHash#hashOf} of the
     * result is {@code previous} for the account's next entry.
     *
     * @param entry its two hashes must be there, but their content does not matter and stays as it is
     * @param previous the hash of the account's entry before; zeros for the first
     * @throws SerializationException when the entry breaks its schema
     */
    public byte[] seal(JournalEntry entry, Hash previous) {
        byte[] wire = encoder.encode(entry);
        int hashAt = wire.length - JournalHash.HASH_BYTES;
        System.arraycopy(previous.bytes(), 0, wire, hashAt - JournalHash.HASH_BYTES, JournalHash.HASH_BYTES);
        hash.digest(wire, wire, hashAt);
        return wire;
    }
}
