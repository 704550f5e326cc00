package io.bursar.brokers;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/** A token that a broker has just issued. It is in memory until it is closed. */
public final class IssuedToken implements AutoCloseable {
    private final byte[] accessToken;
    private final byte[] refreshToken;
    private final Instant issuedAt;
    private final Instant expiresAt;

    /**
     * @param accessToken ASCII; becomes the token's own and is overwritten when it is closed, as is {@code refreshToken}
     * @param refreshToken null when the broker issued none: an earlier one, if there is one, stays valid
     * @param expiresAt null when the broker does not say
     */
    public IssuedToken(byte[] accessToken, byte[] refreshToken, Instant issuedAt, Instant expiresAt) {
        this.accessToken = Objects.requireNonNull(accessToken, "accessToken");
        this.refreshToken = refreshToken;
        this.issuedAt = Objects.requireNonNull(issuedAt, "issuedAt");
        this.expiresAt = expiresAt;
    }

    /** The array itself, not a copy. */
    public byte[] accessToken() {
        return accessToken;
    }

    /** The array itself, not a copy; null when the broker issued none. */
    public byte[] refreshToken() {
        return refreshToken;
    }

    /** By the broker's clock where it says so, otherwise by this machine's, and then not later than the request. */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** By the same clock; null when the broker does not say. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Overwrites the tokens with zeros. */
    @Override
    public void close() {
        Arrays.fill(accessToken, (byte) 0);
        if (refreshToken != null) {
            Arrays.fill(refreshToken, (byte) 0);
        }
    }

    /** Tells the times alone. */
    @Override
    public String toString() {
        return "token issued at " + issuedAt + ", "
                + (expiresAt == null ? "expiry unknown" : "expires at " + expiresAt);
    }
}
