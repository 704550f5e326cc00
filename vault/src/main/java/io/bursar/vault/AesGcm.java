package io.bursar.vault;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM. What is encrypted here is a random nonce, the ciphertext and the tag, in this order. For any thread. */
final class AesGcm {
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    /** By how much the encrypted is longer than the plain. */
    static final int ADDED_BYTES = NONCE_BYTES + TAG_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /** @param context is authenticated, not kept: decrypting takes the same */
    static byte[] encrypt(AesKey key, byte[] context, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
            byte[] encrypted = Arrays.copyOf(nonce, plain.length + ADDED_BYTES);
            cipher.doFinal(plain, 0, plain.length, encrypted, NONCE_BYTES);
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /**
     * What {@link #encrypt} was given.
     *
     * @param encrypted at least {@link #ADDED_BYTES} long
     * @throws AEADBadTagException when key, context or bytes are others
     */
    static byte[] decrypt(AesKey key, byte[] context, byte[] encrypted) throws AEADBadTagException {
        return decrypt(
                key,
                Arrays.copyOf(encrypted, NONCE_BYTES),
                context,
                Arrays.copyOfRange(encrypted, NONCE_BYTES, encrypted.length));
    }

    /**
     * The plain of what was encrypted elsewhere.
     *
     * @param nonce of any length but 0
     * @param ciphertext with the tag at its end
     * @throws AEADBadTagException when anything of it is other than when it was encrypted
     */
    static byte[] decrypt(AesKey key, byte[] nonce, byte[] context, byte[] ciphertext) throws AEADBadTagException {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(ciphertext);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    private static Cipher cipher(int mode, AesKey key, byte[] nonce, byte[] context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static IllegalStateException impossible(GeneralSecurityException cause) {
        return new IllegalStateException("Every JVM has AES-256-GCM", cause);
    }
}
