package io.bursar.brokers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Tiger's tokens say of themselves: they are base64 of {@code <created>,<expires><signature>}, both in milliseconds since
 * 1970.
 */
record TigerToken(Instant createdAt, Instant expiresAt) {
    /** Thirteen digits each, until the year 2286. */
    private static final Pattern TIMES = Pattern.compile("^([0-9]{13}),([0-9]{13})");

    private static final int TIMES_LENGTH = 27;

    /** Empty for text that is no such token. */
    static Optional<TigerToken> of(byte[] token) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var start = new String(decoded, 0, Math.min(decoded.length, TIMES_LENGTH), StandardCharsets.ISO_8859_1);
        var times = TIMES.matcher(start);
        return times.find()
                ? Optional.of(new TigerToken(instant(times.group(1)), instant(times.group(2))))
                : Optional.empty();
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
