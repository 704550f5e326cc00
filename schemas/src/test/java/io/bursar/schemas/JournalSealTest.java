package io.bursar.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.serde.FixedSchemas;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.RecordEncoder;
import io.bursar.schemas.serde.WireFormat;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JournalSealTest {
    private static final Hash ZEROS = new Hash(new byte[32]);

    private final JournalSeal seal = new JournalSeal(7);
    private final JournalHash hash = new JournalHash();

    @Test
    void a_sealed_entry_is_the_entry_with_both_hashes_filled_in() {
        var previous = JournalHash.hashOf(seal.seal(Samples.entry(), ZEROS));
        byte[] wire = seal.seal(Samples.entry(), previous);

        var decoder = new RecordDecoder<>(JournalEntry.class, new FixedSchemas().with(7, JournalEntry.SCHEMA$));
        var read = decoder.decode(wire);

        assertThat(read.getPreviousHash()).isEqualTo(previous).isEqualTo(JournalHash.previousHashOf(wire));
        assertThat(read.getHash()).isEqualTo(JournalHash.hashOf(wire)).isNotEqualTo(ZEROS);
        assertThat(JournalEntry.newBuilder(read)
                        .setPreviousHash(ZEROS)
                        .setHash(ZEROS)
                        .build())
                .isEqualTo(Samples.entry());
    }

    @Test
    void the_hash_is_the_sha_256_of_the_avro_bytes_before_it() throws Exception {
        byte[] wire = seal.seal(Samples.entry(), ZEROS);
        byte[] unsealed = new RecordEncoder<>(JournalEntry.class, 7).encode(Samples.entry());
        byte[] covered = Arrays.copyOfRange(unsealed, WireFormat.HEADER_BYTES, unsealed.length - 32);

        assertThat(JournalHash.hashOf(wire).bytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(covered));
    }

    @Test
    void the_hash_does_not_depend_on_the_schema_id() {
        assertThat(JournalHash.hashOf(new JournalSeal(8).seal(Samples.entry(), ZEROS)))
                .isEqualTo(JournalHash.hashOf(seal.seal(Samples.entry(), ZEROS)));
    }

    @Test
    void sealing_leaves_the_entry_as_it_was() {
        var entry = Samples.entry();
        var unused = seal.seal(entry, new Hash(filled((byte) 1)));
        assertThat(entry).isEqualTo(Samples.entry());
    }

    @Test
    void a_change_of_any_byte_after_the_header_shows() {
        byte[] wire = seal.seal(Samples.entry(), ZEROS);
        assertThat(hash.isValid(wire)).isTrue();
        for (int i = WireFormat.HEADER_BYTES; i < wire.length; i++) {
            wire[i] ^= 1;
            assertThat(hash.isValid(wire)).as("byte %d changed", i).isFalse();
            wire[i] ^= 1;
        }
        assertThat(hash.isValid(wire)).isTrue();
    }

    @Test
    void what_is_too_short_for_an_entry_is_not_valid_and_has_no_hashes() {
        byte[] shortest = new byte[69];
        assertThat(hash.isValid(new byte[0])).isFalse();
        assertThat(hash.isValid(new byte[68])).isFalse();
        assertThat(hash.isValid(shortest)).isFalse();
        assertThat(JournalHash.hashOf(shortest)).isEqualTo(ZEROS);
        assertThatThrownBy(() -> JournalHash.hashOf(new byte[68]))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("A journal entry of 68 bytes is too short: its two hashes and the header alone take 69");
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
