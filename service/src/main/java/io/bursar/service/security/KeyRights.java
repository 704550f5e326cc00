package io.bursar.service.security;

import io.bursar.service.http.Access;
import java.time.Instant;
import java.util.List;

/**
 * What a new key shall be allowed.
 *
 * @param name who uses it, for people
 * @param scopes one at least
 * @param accounts empty: all
 * @param expiresAt null: never
 * @param allowedIps networks as {@link AddressRange} has them; empty: all
 * @param requestsPerSecond null: as many as it likes
 */
public record KeyRights(
        String name,
        List<Access> scopes,
        List<String> accounts,
        Instant expiresAt,
        List<String> allowedIps,
        Integer requestsPerSecond) {}
