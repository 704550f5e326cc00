package io.bursar.service.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

/** How keys are written, and what is kept of them. */
final class KeyText {
    static final String PREFIX = "bsr_";
    static final int ID_LENGTH = 12;

    /** The secret is 32 bytes in base64 for URLs. */
    private static final Pattern KEY = Pattern.compile("bsr_(?<id>[A-Za-z0-9]{12})_[A-Za-z0-9_-]{43}");

    private KeyText() {}

    /** The id in a key; empty for what is no key. */
    static Optional<String> idIn(String text) {
        var key = KEY.matcher(text);
        return key.matches() ? Optional.of(key.group("id")) : Optional.empty();
    }

    /** SHA-256 of the text. Secrets of 256 random bits need no slow hash: there is nothing to guess from. */
    static byte[] hashOf(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
