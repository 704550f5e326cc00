package io.bursar.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Opens secrets as they were sealed before there was a vault, so that they can be sealed anew: AES-256-GCM without
 * context, under a key that PBKDF2-HMAC-SHA256 derives in 100,000 rounds from the salt of the secret, the password being
 * the older master key and the four big-endian bytes of its version. Each takes a tenth of a second. For any thread.
 */
public final class OlderForm {
    private static final String ALGORITHM = "AES-256-GCM";
    private static final int ROUNDS = 100_000;

    private final byte[] masterKey;

    /**
     * Keeps a copy of the key.
     *
     * @param masterKey the older master key, at least one byte
     */
    public OlderForm(byte[] masterKey) {
        if (masterKey.length == 0) {
            throw new IllegalArgumentException("The older master key must not be empty");
        }
        this.masterKey = masterKey.clone();
    }

    /**
     * A secret in the older form, binary fields in base64; null where one was not given.
     *
     * @param tag 16 bytes
     * @param salt of the derivation of its key
     * @param keyVersion part of the derivation of its key
     * @param algorithm always {@code AES-256-GCM}
     */
    public record Fields(String ciphertext, String nonce, String tag, String salt, int keyVersion, String algorithm) {}

    /** @throws SealException when a field is not as it must be, or the secret does not open */
    public Secret open(Fields fields) {
        if (!ALGORITHM.equals(fields.algorithm())) {
            throw badFormat("algorithm must be " + ALGORITHM);
        }
        byte[] ciphertext = bytes("ciphertext", fields.ciphertext());
        byte[] nonce = bytes("nonce", fields.nonce());
        byte[] tag = bytes("tag", fields.tag());
        byte[] salt = bytes("salt", fields.salt());
        if (nonce.length == 0) {
            throw badFormat("nonce must not be empty");
        }
        if (tag.length != AesGcm.TAG_BYTES) {
            throw badFormat("tag must have " + AesGcm.TAG_BYTES + " bytes, but has " + tag.length);
        }
        byte[] tagged = ByteBuffer.allocate(ciphertext.length + tag.length)
                .put(ciphertext)
                .put(tag)
                .array();
        try (var key = derivedKey(salt, fields.keyVersion())) {
            return new Secret(AesGcm.decrypt(key, nonce, new byte[0], tagged));
        } catch (AEADBadTagException e) {
            throw new SealException(
                    SealException.Reason.DOES_NOT_OPEN,
                    "A secret in the older form does not open: it was sealed under another key or key_version than "
                            + fields.keyVersion() + ", or its fields are others than sealed",
                    e);
        }
    }

    private AesKey derivedKey(byte[] salt, int keyVersion) {
        byte[] password = ByteBuffer.allocate(masterKey.length + Integer.BYTES)
                .put(masterKey)
                .putInt(keyVersion)
                .array();
        try {
            var derivation = new PKCS5S2ParametersGenerator(SHA256Digest.newInstance());
            derivation.init(password, salt, ROUNDS);
            var derived = (KeyParameter) derivation.generateDerivedMacParameters(AesKey.BYTES * Byte.SIZE);
            return new AesKey(derived.getKey());
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] bytes(String name, String base64) {
        if (base64 == null) {
            throw badFormat(name + " is missing");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Its message quotes what was given, so it is no cause.
            throw badFormat(name + " must be base64");
        }
    }

    private static SealException badFormat(String rule) {
        return new SealException(
                SealException.Reason.BAD_FORMAT, "A secret in the older form is not as it must be: " + rule);
    }
}
