package io.bursar.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class OlderFormTest {
    private static final byte[] MASTER_KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff");
    private static final byte[] SALT = HexFormat.of().parseHex("8081828384858687888990919293949596");
    private static final byte[] SECRET = "q9#Zk2!vW7$mB4&xT1*yL6@p".getBytes(StandardCharsets.US_ASCII);

    private final OlderForm form = new OlderForm(MASTER_KEY);

    @Test
    void a_secret_of_the_older_form_opens() throws GeneralSecurityException {
        for (int nonceBytes : new int[] {12, 16}) {
            try (var opened = form.open(sealed(0x01020304, nonceBytes))) {
                assertThat(opened.bytes()).isEqualTo(SECRET);
            }
        }
    }

    /** Made with Python's hashlib and cryptography. */
    @Test
    void a_known_secret_opens() {
        var known = new OlderForm.Fields(
                "tO3azGVosi2q+lGwkt1kgtqmn5iHnDve",
                "BwcHBwcHBwcHBwcH",
                "crtrgSvB/9XppelBBRPLAA==",
                "gIGCg4SFhoeIiZCRkpOUlZY=",
                0x01020304,
                "AES-256-GCM");

        try (var opened = form.open(known)) {
            assertThat(opened.bytes()).isEqualTo(SECRET);
        }
    }

    @Test
    void under_another_key_version_or_salt_it_does_not_open() throws GeneralSecurityException {
        var sealed = sealed(1, 12);

        assertReason(
                SealException.Reason.DOES_NOT_OPEN,
                new OlderForm.Fields(
                        sealed.ciphertext(), sealed.nonce(), sealed.tag(), sealed.salt(), 2, sealed.algorithm()),
                "it was sealed under another key or key_version than 2, or its fields are others than sealed");
        var otherKey = new OlderForm(new byte[32]);
        assertThatThrownBy(() -> otherKey.open(sealed)).isInstanceOf(SealException.class);
    }

    @Test
    void with_any_field_altered_it_does_not_open() throws GeneralSecurityException {
        UnaryOperator<String> altered = base64 -> {
            byte[] bytes = Base64.getDecoder().decode(base64);
            bytes[bytes.length - 1] ^= 1;
            return base64(bytes);
        };
        var sealed = sealed(1, 12);
        for (int field = 0; field < 4; field++) {
            var each = with(sealed, field, altered);
            assertReason(SealException.Reason.DOES_NOT_OPEN, each, "its fields are others than sealed");
        }
    }

    @Test
    void a_field_that_is_not_as_it_must_be_is_told() throws GeneralSecurityException {
        var sealed = sealed(1, 12);
        var names = List.of("ciphertext", "nonce", "tag", "salt");
        for (int field = 0; field < 4; field++) {
            var name = names.get(field);
            assertReason(SealException.Reason.BAD_FORMAT, with(sealed, field, text -> null), name + " is missing");
            assertReason(
                    SealException.Reason.BAD_FORMAT, with(sealed, field, text -> "-" + text), name + " must be base64");
        }
        assertReason(SealException.Reason.BAD_FORMAT, with(sealed, 1, text -> ""), "nonce must not be empty");
        // A short tag is easy to guess.
        assertReason(
                SealException.Reason.BAD_FORMAT,
                with(sealed, 2, text -> text.substring(0, 16)),
                "tag must have 16 bytes, but has 12");
        for (var algorithm : new String[] {"AES-128-GCM", null}) {
            var other = new OlderForm.Fields(
                    sealed.ciphertext(), sealed.nonce(), sealed.tag(), sealed.salt(), 1, algorithm);
            assertReason(SealException.Reason.BAD_FORMAT, other, "algorithm must be AES-256-GCM");
        }
    }

    @Test
    void no_text_holds_anything_of_a_secret_or_a_key() throws GeneralSecurityException {
        var leaks = new Leaks(SECRET, MASTER_KEY);
        var sealed = sealed(1, 12);
        try (var opened = form.open(sealed)) {
            leaks.assertNoneIn(List.of(opened, form, sealed));
        }
        // Where somebody took the secret for its ciphertext.
        var plain = with(sealed, 0, text -> base64(SECRET));
        leaks.assertNoneIn(catchThrowableOfType(SealException.class, () -> form.open(plain)));
        var text = with(sealed, 0, any -> new String(SECRET, StandardCharsets.US_ASCII));
        leaks.assertNoneIn(catchThrowableOfType(SealException.class, () -> form.open(text)));
    }

    @Test
    void an_empty_key_is_refused() {
        assertThatThrownBy(() -> new OlderForm(new byte[0])).hasMessage("The older master key must not be empty");
    }

    private void assertReason(SealException.Reason reason, OlderForm.Fields fields, String message) {
        var thrown = catchThrowableOfType(SealException.class, () -> form.open(fields));
        assertThat(thrown).hasMessageEndingWith(message);
        assertThat(thrown.reason()).isEqualTo(reason);
    }

    private static OlderForm.Fields with(OlderForm.Fields sealed, int field, UnaryOperator<String> change) {
        var texts = new String[] {sealed.ciphertext(), sealed.nonce(), sealed.tag(), sealed.salt()};
        texts[field] = change.apply(texts[field]);
        return new OlderForm.Fields(texts[0], texts[1], texts[2], texts[3], sealed.keyVersion(), sealed.algorithm());
    }

    /** As it was sealed before, with nothing but the JDK. */
    private static OlderForm.Fields sealed(int keyVersion, int nonceBytes) throws GeneralSecurityException {
        byte[] nonce = new byte[nonceBytes];
        Arrays.fill(nonce, (byte) 7);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(derivedKey(keyVersion), "AES"),
                new GCMParameterSpec(128, nonce));
        byte[] tagged = cipher.doFinal(SECRET);
        return new OlderForm.Fields(
                base64(Arrays.copyOf(tagged, SECRET.length)),
                base64(nonce),
                base64(Arrays.copyOfRange(tagged, SECRET.length, tagged.length)),
                base64(SALT),
                keyVersion,
                "AES-256-GCM");
    }

    /** PBKDF2 as RFC 8018 writes it down: the first block is as long as the key, so there is no second. */
    private static byte[] derivedKey(int keyVersion) throws GeneralSecurityException {
        byte[] password = Arrays.copyOf(MASTER_KEY, MASTER_KEY.length + 4);
        for (int i = 0; i < 4; i++) {
            password[MASTER_KEY.length + i] = (byte) (keyVersion >>> (8 * (3 - i)));
        }
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(password, "HmacSHA256"));
        mac.update(SALT);
        byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] sum = round.clone();
        for (int i = 1; i < 100_000; i++) {
            round = mac.doFinal(round);
            for (int j = 0; j < sum.length; j++) {
                sum[j] ^= round[j];
            }
        }
        return sum;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
