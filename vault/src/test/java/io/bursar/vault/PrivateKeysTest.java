package io.bursar.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

class PrivateKeysTest {
    private static final KeyPair PAIR = pair("RSA", 1024);
    private static final byte[] PKCS8 = PAIR.getPrivate().getEncoded();
    private static final byte[] PKCS1 = pkcs1(numbers());
    private static final Leaks LEAKS = new Leaks(PKCS1);

    @Example
    void each_form_gives_the_same_key() {
        for (var text : List.of(
                pem("PRIVATE KEY", PKCS8),
                pem("RSA PRIVATE KEY", PKCS1),
                pem("PRIVATE KEY", PKCS8).replace("\n", "\r\n"),
                "Your key:\n\n" + pem("RSA PRIVATE KEY", PKCS1) + "\nKeep it.",
                base64(PKCS8),
                base64(PKCS1),
                "  " + Base64.getMimeEncoder().encodeToString(PKCS8) + "\n",
                Base64.getMimeEncoder().encodeToString(PKCS1))) {
            try (var key = PrivateKeys.rsa(text)) {
                assertThat(key.bytes()).isEqualTo(PKCS8);
                assertThat(key).hasToString("Secret");
            }
        }
    }

    @Example
    void a_key_of_2048_bits_is_taken() {
        byte[] key = pair("RSA", 2048).getPrivate().getEncoded();

        PrivateKeys.rsa(pem("PRIVATE KEY", key)).close();
    }

    @Example
    void a_key_that_is_too_short_or_too_long_is_refused() throws IOException {
        assertRefused(
                base64(pair("RSA", 1023).getPrivate().getEncoded()),
                "A private key has 1023 bits, but must have 1024 to 16384");
        var numbers = numbers();
        numbers[1] = BigInteger.ONE.shiftLeft(16_384);
        assertRefused(base64(pkcs1(numbers)), "A private key has 16385 bits, but must have 1024 to 16384");
    }

    @Example
    void a_key_with_a_passphrase_is_refused() throws GeneralSecurityException, IOException {
        var message = "This is a key that is encrypted with a passphrase, but must be an RSA private key in PKCS#1 or"
                + " PKCS#8, without a passphrase";
        assertRefused(pem("ENCRYPTED PRIVATE KEY", encrypted(PKCS8)), message);
        var headers = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
                + "DEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0F\n\n";
        assertRefused(pem("RSA PRIVATE KEY", PKCS1).replace("-----BEGIN RSA PRIVATE KEY-----\n", headers), message);
        assertRefused(base64(encrypted(PKCS8)), "This is base64 of something else, but must be an RSA private key in");
    }

    @Example
    void another_kind_of_key_is_refused() throws IOException {
        byte[] curve = pair("EC", 256).getPrivate().getEncoded();
        assertRefused(pem("PRIVATE KEY", curve), "This is a key of an elliptic curve (EC), but must be an RSA");
        assertRefused(base64(curve), "This is a key of an elliptic curve (EC), but must be an RSA");
        byte[] sec1 = PrivateKeyInfo.getInstance(curve)
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        assertRefused(pem("EC PRIVATE KEY", sec1), "This is a key of an elliptic curve (EC), but must be an RSA");
        assertRefused(base64(sec1), "This is base64 of something else, but must be an RSA private key in PKCS#1");
        assertRefused(
                base64(pair("Ed25519", 255).getPrivate().getEncoded()),
                "This is a key of another algorithm, but must be an RSA private key");
    }

    @Example
    void a_public_key_is_refused() {
        byte[] publicKey = PAIR.getPublic().getEncoded();

        assertRefused(pem("PUBLIC KEY", publicKey), "This is a public key, but must be an RSA private key in PKCS#1");
        assertRefused(base64(publicKey), "This is base64 of something else, but must be an RSA private key in PKCS#1");
    }

    @Example
    void rubbish_is_refused() {
        assertRefused("", "This is base64 of something else, but must be");
        assertRefused("hunter2!", "This is neither PEM nor base64, but must be");
        assertRefused("aHVudGVyMg==", "This is base64 of something else, but must be");
        assertRefused("-----BEGIN PRIVATE KEY-----", "This is PEM that cannot be read, but must be");
        assertRefused(pem("PRIVATE KEY", PKCS1), "This is PEM that cannot be read, but must be");
        assertRefused("  " + pem("PRIVATE KEY", PKCS8), "This is PEM without a whole block, but must be");
        assertRefused(pem("EC PARAMETERS", PKCS8), "This is a key of an elliptic curve (EC), but must be");
        assertRefused(pem("CERTIFICATE", PKCS8), "This is PEM that cannot be read, but must be");
    }

    /** Of what PKCS#1 has: version, modulus, both exponents, both primes, both their exponents, the coefficient. */
    @Property(tries = 200)
    void a_key_of_which_a_number_is_another_is_refused(
            @ForAll @IntRange(min = 1, max = 8) int number, @ForAll @IntRange(max = 500) int bit) throws IOException {
        var numbers = numbers();
        // A small public exponent has few bits, and a large one is none.
        numbers[number] = numbers[number].flipBit(number == 2 ? bit % 16 : bit);

        assertRefused(base64(pkcs1(numbers)), "This private key does not work: its numbers do not belong together");
    }

    @Example
    void a_key_without_its_primes_is_refused() throws IOException {
        var numbers = numbers();
        for (int number = 4; number <= 8; number++) {
            numbers[number] = BigInteger.ZERO;
        }

        assertRefused(base64(pkcs1(numbers)), "This private key does not work: its numbers do not belong together");
    }

    @Property(tries = 500)
    void of_whatever_bytes_no_text_tells(@ForAll @IntRange(max = 600) int at, @ForAll byte with) {
        byte[] damaged = PKCS8.clone();
        damaged[at % damaged.length] = with;
        for (var text : List.of(base64(damaged), pem("PRIVATE KEY", damaged))) {
            try (var key = PrivateKeys.rsa(text)) {
                assertThat(key.bytes()).isEqualTo(PKCS8);
            } catch (PrivateKeyException e) {
                LEAKS.assertNoneIn(e.getMessage());
            }
        }
    }

    private static void assertRefused(String text, String message) {
        var thrown = catchThrowableOfType(PrivateKeyException.class, () -> PrivateKeys.rsa(text));
        assertThat(thrown).hasMessageContaining(message).hasNoCause();
        LEAKS.assertNoneIn(thrown.getMessage());
    }

    private static BigInteger[] numbers() {
        var key = (RSAPrivateCrtKey) PAIR.getPrivate();
        return new BigInteger[] {
            BigInteger.ZERO,
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrimeP(),
            key.getPrimeQ(),
            key.getPrimeExponentP(),
            key.getPrimeExponentQ(),
            key.getCrtCoefficient()
        };
    }

    private static byte[] pkcs1(BigInteger[] numbers) {
        var vector = new ASN1EncodableVector();
        for (var number : numbers) {
            vector.add(new ASN1Integer(number));
        }
        try {
            return new DERSequence(vector).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encrypted(byte[] key) throws GeneralSecurityException, IOException {
        var algorithm = "PBEWithSHA1AndDESede";
        var cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("passphrase".toCharArray())),
                new PBEParameterSpec(new byte[16], 1_000));
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key)).getEncoded();
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String type, byte[] der) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }
}
