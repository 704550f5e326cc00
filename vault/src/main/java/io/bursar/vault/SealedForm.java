package io.bursar.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a sealed secret: a byte of format, four of the master key's version, the wrapped data key, the encrypted
 * secret. Of format and version both are authenticated with the data key, the format with the secret as well.
 */
final class SealedForm {
    private static final byte FORMAT = 1;

    private static final byte CONTEXT_OF_DATA_KEY = 1;
    private static final byte CONTEXT_OF_SECRET = 2;

    private static final int WRAPPED_KEY_BYTES = AesKey.BYTES + AesGcm.ADDED_BYTES;
    private static final int HEADER_BYTES = Byte.BYTES + Integer.BYTES + WRAPPED_KEY_BYTES;
    private static final int LEAST_BYTES = HEADER_BYTES + AesGcm.ADDED_BYTES;

    private final int keyVersion;
    private final byte[] wrappedKey;
    private final byte[] encryptedSecret;

    SealedForm(int keyVersion, byte[] wrappedKey, byte[] encryptedSecret) {
        this.keyVersion = keyVersion;
        this.wrappedKey = wrappedKey;
        this.encryptedSecret = encryptedSecret;
    }

    /** @throws SealException when the bytes are not of this form */
    static SealedForm of(byte[] sealed) {
        if (sealed.length < LEAST_BYTES) {
            throw new SealException(
                    SealException.Reason.BAD_FORMAT,
                    "A sealed secret has " + sealed.length + " bytes, but must have at least " + LEAST_BYTES);
        }
        var buffer = ByteBuffer.wrap(sealed);
        byte format = buffer.get();
        if (format != FORMAT) {
            throw new SealException(
                    SealException.Reason.BAD_FORMAT,
                    "A sealed secret has format " + format + ", but must have format " + FORMAT);
        }
        int keyVersion = buffer.getInt();
        byte[] wrappedKey = new byte[WRAPPED_KEY_BYTES];
        buffer.get(wrappedKey);
        byte[] encryptedSecret = new byte[buffer.remaining()];
        buffer.get(encryptedSecret);
        return new SealedForm(keyVersion, wrappedKey, encryptedSecret);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + encryptedSecret.length)
                .put(FORMAT)
                .putInt(keyVersion)
                .put(wrappedKey)
                .put(encryptedSecret)
                .array();
    }

    int keyVersion() {
        return keyVersion;
    }

    byte[] wrappedKey() {
        return wrappedKey;
    }

    byte[] encryptedSecret() {
        return encryptedSecret;
    }

    /** What is authenticated with a data key that is wrapped. */
    static byte[] contextOfDataKey(SecretPlace place, int keyVersion) {
        return context(
                place,
                ByteBuffer.allocate(2 + Integer.BYTES)
                        .put(FORMAT)
                        .put(CONTEXT_OF_DATA_KEY)
                        .putInt(keyVersion)
                        .array());
    }

    /** What is authenticated with a secret; no version of a master key, as that changes without the secret. */
    static byte[] contextOfSecret(SecretPlace place) {
        return context(place, new byte[] {FORMAT, CONTEXT_OF_SECRET});
    }

    /** Lengths stand before texts: the bytes of two places are never the same. */
    private static byte[] context(SecretPlace place, byte[] before) {
        byte[] accountId = place.accountId().getBytes(StandardCharsets.UTF_8);
        byte[] field = place.field().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(before.length + Long.BYTES + 2 * Integer.BYTES + accountId.length + field.length)
                .put(before)
                .putLong(place.version())
                .putInt(accountId.length)
                .put(accountId)
                .putInt(field.length)
                .put(field)
                .array();
    }
}
