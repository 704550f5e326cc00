package io.bursar.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class VaultTest {
    private static final SecretPlace PLACE = new SecretPlace("alice", "api_secret", 3);
    private static final byte[] SECRET = "q9#Zk2!vW7$mB4&xT1*yL6@p".getBytes(StandardCharsets.US_ASCII);

    private final MasterKey first = key(1);
    private final MasterKey second = key(2);
    private final Vault older = vault(first);
    private final Vault newer = vault(first, second);

    @Property
    void what_is_sealed_opens_in_its_place(
            @ForAll("places") SecretPlace place, @ForAll @Size(max = 5_000) byte[] secret) {
        byte[] sealed = newer.seal(place, secret);

        assertThat(sealed).hasSize(93 + secret.length);
        try (var opened = newer.open(place, sealed)) {
            assertThat(opened.bytes()).isEqualTo(secret);
        }
    }

    @Property
    void with_any_other_bit_it_does_not_open(@ForAll @IntRange(max = (93 + 24) * 8 - 1) int bit) {
        byte[] sealed = newer.seal(PLACE, SECRET);
        sealed[bit / 8] ^= (byte) (1 << (bit % 8));

        assertDoesNotOpen(newer, PLACE, sealed);
    }

    @Property(tries = 200)
    void with_more_or_less_bytes_it_does_not_open(@ForAll @IntRange(max = 2 * (93 + 24)) int length) {
        byte[] sealed = newer.seal(PLACE, SECRET);
        Assume.that(length != sealed.length);

        assertDoesNotOpen(newer, PLACE, Arrays.copyOf(sealed, length));
    }

    @Property
    void in_any_other_place_it_does_not_open(@ForAll("places") SecretPlace place, @ForAll("places") SecretPlace other) {
        Assume.that(!place.equals(other));
        byte[] sealed = newer.seal(place, SECRET);

        assertDoesNotOpen(newer, other, sealed);
        assertThatThrownBy(() -> newer.rewrap(other, sealed)).isInstanceOf(SealException.class);
    }

    @Property(tries = 200)
    void with_any_other_version_it_does_not_open(@ForAll @LongRange(max = Long.MAX_VALUE) long version) {
        Assume.that(version != PLACE.version());

        assertDoesNotOpen(newer, new SecretPlace("alice", "api_secret", version), newer.seal(PLACE, SECRET));
    }

    @Example
    void places_with_the_same_texts_in_other_parts_are_others() {
        assertDoesNotOpen(newer, new SecretPlace("a", "bc", 1), newer.seal(new SecretPlace("ab", "c", 1), SECRET));
        assertDoesNotOpen(newer, new SecretPlace("b", "a", 1), newer.seal(new SecretPlace("a", "b", 1), SECRET));
    }

    @Property(tries = 200)
    void two_seals_of_one_secret_differ(@ForAll("places") SecretPlace place, @ForAll byte[] secret) {
        byte[] one = newer.seal(place, secret);
        byte[] other = newer.seal(place, secret);

        // All but format and version of the master key.
        for (var part : List.of(new int[] {5, 65}, new int[] {65, one.length})) {
            assertThat(Arrays.copyOfRange(one, part[0], part[1]))
                    .isNotEqualTo(Arrays.copyOfRange(other, part[0], part[1]));
        }
    }

    @Property(tries = 200)
    void rewrapping_keeps_the_secret_and_its_ciphertext(@ForAll("places") SecretPlace place, @ForAll byte[] secret) {
        byte[] sealed = older.seal(place, secret);
        byte[] rewrapped = newer.rewrap(place, sealed);

        assertThat(newer.keyVersionOf(sealed)).isEqualTo(1);
        assertThat(newer.keyVersionOf(rewrapped)).isEqualTo(2).isEqualTo(newer.newestKeyVersion());
        assertThat(Arrays.copyOfRange(rewrapped, 65, rewrapped.length))
                .isEqualTo(Arrays.copyOfRange(sealed, 65, sealed.length));
        try (var opened = vault(second).open(place, rewrapped)) {
            assertThat(opened.bytes()).isEqualTo(secret);
        }
        assertReason(SealException.Reason.UNKNOWN_KEY_VERSION, older, place, rewrapped);
    }

    @Property
    void with_any_other_bit_of_the_data_key_it_is_not_rewrapped(@ForAll @IntRange(max = 65 * 8 - 1) int bit) {
        byte[] sealed = newer.seal(PLACE, SECRET);
        sealed[bit / 8] ^= (byte) (1 << (bit % 8));

        assertThatThrownBy(() -> newer.rewrap(PLACE, sealed)).isInstanceOf(SealException.class);
    }

    @Example
    void the_version_of_the_master_key_is_authenticated() {
        byte[] sealed = older.seal(PLACE, SECRET);
        sealed[4] = 2;

        // Even where both versions stand for one key, which no source of keys allows.
        var same = vault(first, new MasterKey(2, first.key().getEncoded()));
        assertReason(SealException.Reason.DOES_NOT_OPEN, same, PLACE, sealed);
    }

    @Property(tries = 200)
    void each_of_the_two_encryptions_is_bound_to_the_place(
            @ForAll("places") SecretPlace place, @ForAll("places") SecretPlace other) throws AEADBadTagException {
        Assume.that(!place.equals(other));
        var form = SealedForm.of(older.seal(place, SECRET));

        assertThatThrownBy(() -> AesGcm.decrypt(first.key(), SealedForm.contextOfDataKey(other, 1), form.wrappedKey()))
                .isInstanceOf(AEADBadTagException.class);
        var dataKey = new AesKey(AesGcm.decrypt(first.key(), SealedForm.contextOfDataKey(place, 1), form.wrappedKey()));
        assertThat(AesGcm.decrypt(dataKey, SealedForm.contextOfSecret(place), form.encryptedSecret()))
                .isEqualTo(SECRET);
        assertThatThrownBy(() -> AesGcm.decrypt(dataKey, SealedForm.contextOfSecret(other), form.encryptedSecret()))
                .isInstanceOf(AEADBadTagException.class);
    }

    @Example
    void a_data_key_does_not_open_another_secret_of_the_place() {
        byte[] sealed = newer.seal(PLACE, SECRET);
        byte[] other = newer.seal(PLACE, SECRET);
        System.arraycopy(other, 5, sealed, 5, 60);

        assertReason(SealException.Reason.DOES_NOT_OPEN, newer, PLACE, sealed);
    }

    @Example
    void each_reason_is_told() {
        byte[] sealed = newer.seal(PLACE, SECRET);

        assertThat(assertReason(SealException.Reason.UNKNOWN_KEY_VERSION, older, PLACE, sealed))
                .hasMessage("api_secret of account alice, version 3 is sealed under master key version 2, which is not"
                        + " known here");
        assertThat(assertReason(SealException.Reason.DOES_NOT_OPEN, vault(first, key(2)), PLACE, sealed))
                .hasMessageStartingWith(
                        "api_secret of account alice, version 3 does not open: it was sealed for another");
        assertThat(assertReason(SealException.Reason.BAD_FORMAT, newer, PLACE, new byte[92]))
                .hasMessage("A sealed secret has 92 bytes, but must have at least 93");
        sealed[0] = 2;
        assertThat(assertReason(SealException.Reason.BAD_FORMAT, newer, PLACE, sealed))
                .hasMessage("A sealed secret has format 2, but must have format 1");
        assertThatThrownBy(() -> newer.keyVersionOf(sealed)).isInstanceOf(SealException.class);
    }

    @Example
    void the_given_secret_stays_as_it_is() {
        byte[] secret = SECRET.clone();
        newer.seal(PLACE, secret);

        assertThat(secret).isEqualTo(SECRET);
    }

    @Example
    void closing_a_secret_overwrites_it() {
        byte[] bytes;
        var opened = newer.open(PLACE, newer.seal(PLACE, SECRET));
        try (opened) {
            bytes = opened.bytes();
        }

        assertThat(bytes).containsOnly(0);
        assertThatThrownBy(opened::bytes).isInstanceOf(IllegalStateException.class);
    }

    @Example
    void closing_a_key_overwrites_it() {
        byte[] bytes = first.key().getEncoded();
        new AesKey(bytes).close();

        assertThat(bytes).containsOnly(0);
    }

    @Example
    void no_text_holds_anything_of_a_secret_or_a_key() {
        var leaks = new Leaks(SECRET, first.key().getEncoded(), second.key().getEncoded());
        byte[] sealed = newer.seal(PLACE, SECRET);
        try (var opened = newer.open(PLACE, sealed)) {
            assertThat(opened).hasToString("Secret");
            leaks.assertNoneIn(List.of(opened, newer, first, first.key(), PLACE));
        }
        byte[] altered = sealed.clone();
        altered[altered.length - 1]++;
        leaks.assertNoneIn(assertReason(SealException.Reason.DOES_NOT_OPEN, newer, PLACE, altered));
        leaks.assertNoneIn(assertReason(SealException.Reason.UNKNOWN_KEY_VERSION, older, PLACE, sealed));
        // What was never sealed.
        leaks.assertNoneIn(assertReason(SealException.Reason.BAD_FORMAT, newer, PLACE, SECRET));
    }

    @Example
    void a_place_is_text_and_counts_up_from_0() {
        assertThatThrownBy(() -> new SecretPlace("", "f", 1)).hasMessage("accountId must not be empty");
        assertThatThrownBy(() -> new SecretPlace("a", "", 1)).hasMessage("field must not be empty");
        assertThatThrownBy(() -> new SecretPlace("a", "f", -1)).hasMessage("version is -1, but must be at least 0");
        assertThatThrownBy(() -> new SecretPlace("\ud800", "f", 1))
                .hasMessage("accountId must be Unicode text, but has half of a surrogate pair");
    }

    @Example
    void a_master_key_is_32_bytes_and_counts_up_from_1() {
        assertThatThrownBy(() -> new MasterKey(0, new byte[32]))
                .hasMessage("The version of a master key is 0, but must be at least 1");
        assertThatThrownBy(() -> new MasterKey(1, new byte[31])).hasMessage("A key has 31 bytes, but must have 32");
    }

    @Provide
    Arbitrary<SecretPlace> places() {
        var texts = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        // Few letters as well, so that two places are nearly the same.
        var near = Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(3);
        return Combinators.combine(
                        Arbitraries.oneOf(near, texts),
                        Arbitraries.oneOf(near, texts),
                        Arbitraries.longs().greaterOrEqual(0))
                .as(SecretPlace::new);
    }

    private static MasterKey key(int version) {
        return new MasterKey(version, AesKey.random().getEncoded());
    }

    private static Vault vault(MasterKey... keys) {
        return new Vault(new MasterKeysOf(List.of(keys)));
    }

    private static void assertDoesNotOpen(Vault vault, SecretPlace place, byte[] sealed) {
        assertThatThrownBy(() -> vault.open(place, sealed)).isInstanceOf(SealException.class);
    }

    private static SealException assertReason(
            SealException.Reason reason, Vault vault, SecretPlace place, byte[] sealed) {
        var thrown = catchThrowableOfType(SealException.class, () -> vault.open(place, sealed));
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isEqualTo(reason);
        return thrown;
    }
}
