package io.bursar.service.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.bursar.schemas.ApiKey;
import java.time.Instant;
import java.util.List;

/**
 * An API key, without its secret.
 *
 * @param accounts empty: all
 * @param allowedIps empty: all
 * @param createdBy the id of the key that made it; empty for one that was made with access to Kafka
 * @param status ACTIVE, EXPIRED or REVOKED
 * @param lastUsedAt as far as this instance knows: of uses at others it learns within about a minute
 */
public record KeyView(
        String id,
        String name,
        List<String> scopes,
        List<String> accounts,
        List<String> allowedIps,
        Integer requestsPerSecond,
        String createdAt,
        String createdBy,
        String expiresAt,
        String revokedAt,
        String replacedBy,
        String lastUsedAt,
        String status) {
    /**
     * A key that was just made.
     *
     * @param key the whole key, told this once
     */
    public record Created(String key, @JsonUnwrapped KeyView view) {}

    /** Several keys. */
    public record Listing(List<KeyView> keys) {}

    /** @param lastUsedAt null: never, as far as is known */
    public static KeyView of(ApiKey state, Instant lastUsedAt, String status) {
        return new KeyView(
                state.getId(),
                state.getName(),
                state.getScopes(),
                state.getAccounts(),
                state.getAllowedIps(),
                state.getRequestsPerSecond(),
                state.getCreatedAt().toString(),
                state.getCreatedBy(),
                text(state.getExpiresAt()),
                text(state.getRevokedAt()),
                state.getReplacedBy(),
                text(lastUsedAt),
                status);
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
