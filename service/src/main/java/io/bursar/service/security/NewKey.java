package io.bursar.service.security;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key that was just made, {@code bsr_<id>_<secret>}. This is the only place that ever has its text, which is to be
 * shown once to its owner; everybody else has the hash.
 *
 * @param id 12 letters and digits; no secret
 * @param text the whole key
 */
public record NewKey(String id, String text) {
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A key that nobody can guess. */
    public static NewKey random() {
        var id = new StringBuilder(KeyText.ID_LENGTH);
        for (int i = 0; i < KeyText.ID_LENGTH; i++) {
            id.append(LETTERS_AND_DIGITS.charAt(RANDOM.nextInt(LETTERS_AND_DIGITS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new NewKey(
                id.toString(),
                KeyText.PREFIX + id + "_"
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "NewKey[" + id + "]";
    }
}
