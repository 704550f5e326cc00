package io.bursar.service.security;

import io.bursar.schemas.ApiKey;
import io.bursar.service.http.Access;
import io.bursar.service.limits.RateLimit;
import io.bursar.service.limits.RateLimits;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A key, ready to be checked. Thread-safe. */
final class KnownKey {
    private final ApiKey state;
    private final Set<Access> scopes;
    private final Set<String> accounts;
    private final List<AddressRange> networks;
    private final Optional<RateLimit> rateLimit;

    /**
     * A key in its first state.
     *
     * @param limits make its own
     * @throws IllegalArgumentException when a network in it is none
     */
    KnownKey(ApiKey state, RateLimits limits) {
        this(state, rateLimit(state, limits));
    }

    private KnownKey(ApiKey state, Optional<RateLimit> rateLimit) {
        this.state = state;
        this.scopes = state.getScopes().stream()
                .flatMap(text -> Access.scope(text).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Access.class)));
        this.accounts = Set.copyOf(state.getAccounts());
        this.networks = state.getAllowedIps().stream().map(KnownKey::network).toList();
        this.rateLimit = rateLimit;
    }

    private static AddressRange network(String text) {
        return AddressRange.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not " + AddressRange.RULE));
    }

    private static Optional<RateLimit> rateLimit(ApiKey state, RateLimits limits) {
        return Optional.ofNullable(state.getRequestsPerSecond()).map(perSecond -> limits.of(state.getId(), perSecond));
    }

    /**
     * The key in a later state. A state that was made without knowledge of another one does not give back what that one
     * took: of two ends the earlier holds. What it has used of its limit stays used, unless the limit is another.
     */
    KnownKey with(ApiKey later, RateLimits limits) {
        var folded = ApiKey.newBuilder(later)
                .setRevokedAt(earlier(state.getRevokedAt(), later.getRevokedAt()))
                .setExpiresAt(earlier(state.getExpiresAt(), later.getExpiresAt()))
                .setReplacedBy(later.getReplacedBy() == null ? state.getReplacedBy() : later.getReplacedBy())
                .build();
        boolean isSameLimit = Objects.equals(later.getRequestsPerSecond(), state.getRequestsPerSecond());
        return new KnownKey(folded, isSameLimit ? rateLimit : rateLimit(folded, limits));
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    ApiKey state() {
        return state;
    }

    /** Takes as long for any text. */
    boolean isKey(String text) {
        return MessageDigest.isEqual(KeyText.hashOf(text), state.getHash().bytes());
    }

    /** @throws io.bursar.service.http.ProblemException 401, key_revoked or key_expired */
    void requireValid(Instant now) {
        if (state.getRevokedAt() != null) {
            throw Refusals.unknown("key_revoked", "the key " + state.getId() + " was revoked");
        }
        if (!ApiKeys.isInForce(state, now)) {
            throw Refusals.unknown("key_expired", "the key " + state.getId() + " expired at " + state.getExpiresAt());
        }
    }

    /** @throws io.bursar.service.http.ProblemException 403, address_not_allowed */
    void requireNetwork(String address) {
        if (!networks.isEmpty() && networks.stream().noneMatch(network -> network.contains(address))) {
            throw Refusals.forbidden(
                    "address_not_allowed", "the key " + state.getId() + " may not be used from " + address);
        }
    }

    /** Counts a request; says how long to wait when it is one too many, in which case it is not counted. */
    Optional<Duration> countRequest() {
        return rateLimit.flatMap(RateLimit::count);
    }

    /** A request that was counted goes to another instance, which counts it as well. */
    void sentOn() {
        rateLimit.ifPresent(RateLimit::sentOn);
    }

    Caller caller(String address) {
        return new Caller(state.getId(), state.getName(), scopes, accounts, address);
    }
}
