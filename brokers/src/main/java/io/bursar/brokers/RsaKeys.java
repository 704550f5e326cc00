package io.bursar.brokers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Reads RSA keys in the forms in which people have them. */
final class RsaKeys {
    static final String PRIVATE_RULE =
            "must be an RSA key in PKCS#8 without a password: PEM (BEGIN PRIVATE KEY), the base64"
                    + " in it alone, or DER";
    static final String PUBLIC_RULE = "must be the base64 of an RSA key in X.509 (SubjectPublicKeyInfo)";

    private static final byte DER_SEQUENCE = 0x30;
    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    private RsaKeys() {}

    /** @throws IllegalArgumentException with the rule and nothing of the key, when it is none */
    static PrivateKey privateKey(byte[] key) {
        var der = der(key);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(PRIVATE_RULE);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    /** @throws IllegalArgumentException with the rule, when the text is no key */
    static PublicKey publicKey(String base64) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(PUBLIC_RULE, e);
        }
    }

    /** A copy, to be overwritten after use. */
    private static byte[] der(byte[] key) {
        if (key.length > 0 && key[0] == DER_SEQUENCE) {
            return key.clone();
        }
        var text = new String(key, StandardCharsets.US_ASCII).strip();
        var base64 = text.startsWith(PEM_BEGIN) && text.endsWith(PEM_END)
                ? text.substring(PEM_BEGIN.length(), text.length() - PEM_END.length())
                : text;
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PRIVATE_RULE);
        }
    }
}
