package io.bursar.service.security;

import io.bursar.schemas.ApiKey;
import io.bursar.service.http.Access;
import io.github.bucket4j.Bucket;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A key, ready to be checked. Thread-safe. */
final class KnownKey {
    private final ApiKey state;
    private final Set<Access> scopes;
    private final Set<String> accounts;
    private final List<AddressRange> networks;
    private final Optional<Bucket> requests;

    /**
     * A key in its first state.
     *
     * @throws IllegalArgumentException when a network in it is none
     */
    KnownKey(ApiKey state) {
        this(state, bucket(state));
    }

    private KnownKey(ApiKey state, Optional<Bucket> requests) {
        this.state = state;
        this.scopes = state.getScopes().stream()
                .flatMap(text -> Access.scope(text).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Access.class)));
        this.accounts = Set.copyOf(state.getAccounts());
        this.networks = state.getAllowedIps().stream().map(KnownKey::network).toList();
        this.requests = requests;
    }

    private static AddressRange network(String text) {
        return AddressRange.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not " + AddressRange.RULE));
    }

    private static Optional<Bucket> bucket(ApiKey state) {
        return Optional.ofNullable(state.getRequestsPerSecond())
                .map(perSecond -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    /**
     * The key in a later state. A state that was made without knowledge of another one does not give back what that one
     * took: of two ends the earlier holds.
     */
    KnownKey with(ApiKey later) {
        var folded = ApiKey.newBuilder(later)
                .setRevokedAt(earlier(state.getRevokedAt(), later.getRevokedAt()))
                .setExpiresAt(earlier(state.getExpiresAt(), later.getExpiresAt()))
                .setReplacedBy(later.getReplacedBy() == null ? state.getReplacedBy() : later.getReplacedBy())
                .build();
        return new KnownKey(folded, requests);
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
        return requests.map(bucket -> bucket.tryConsumeAndReturnRemaining(1))
                .filter(probe -> !probe.isConsumed())
                .map(probe -> Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    Caller caller(String address) {
        return new Caller(state.getId(), state.getName(), scopes, accounts, address);
    }
}
