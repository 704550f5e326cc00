package io.bursar.service.security;

import io.bursar.schemas.ApiKey;
import io.bursar.schemas.Hash;
import io.bursar.schemas.Micros;
import io.bursar.service.http.Access;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The keys to the API: made, listed, revoked and replaced, always for a caller who may do that. A caller gives no right
 * that it does not have, and does not see or change keys for accounts that are not its own. Thread-safe; every change
 * waits until this instance acts by it.
 */
public final class ApiKeys {
    /** Of states that change at the same time at different instances, the last wins; then the others say theirs again. */
    private static final int MOST_WRITES = 3;

    private final KeyTable table;
    private final KeyLog log;
    private final KeyUses uses;
    private final InstantSource clock;

    /** A new key, and the state that is known of it. */
    public record Created(NewKey key, ApiKey state) {}

    ApiKeys(KeyTable table, KeyLog log, KeyUses uses, InstantSource clock) {
        this.table = table;
        this.log = log;
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * The first state of a key that may do everything and never expires, made by nobody who has a key.
     *
     * @param name who uses it
     */
    public static ApiKey administrator(NewKey key, String name, Instant now) {
        return state(key, new KeyRights(name, List.copyOf(Access.scopes()), List.of(), null, List.of(), null), "", now);
    }

    /**
     * Makes a key.
     *
     * @throws io.bursar.service.http.ProblemException when the caller itself does not have these rights, or it cannot be written now
     */
    public Created create(KeyRights rights, Caller caller) {
        rights.scopes().forEach(caller::requireScope);
        caller.requireAllOf(rights.accounts());
        return write(NewKey.random(), rights, caller);
    }

    /** Those that the caller may see, the oldest first, with those that are revoked or expired. */
    public List<ApiKey> list(Caller caller) {
        return table.all().stream()
                .filter(state -> caller.mayUseAllOf(state.getAccounts()))
                .toList();
    }

    /** The ids of the keys in force that are bound to an account. */
    public List<String> boundTo(String accountId) {
        return table.all().stream()
                .filter(known -> known.getAccounts().contains(accountId))
                .filter(known -> isInForce(known, clock.instant()))
                .map(ApiKey::getId)
                .sorted()
                .toList();
    }

    /**
     * The key with this id, if there is one.
     *
     * @throws io.bursar.service.http.ProblemException when the caller may not see it
     */
    public Optional<ApiKey> find(String id, Caller caller) {
        var state = table.find(id).map(KnownKey::state);
        state.ifPresent(found -> caller.requireAllOf(found.getAccounts()));
        return state;
    }

    /** When it was last used, as far as this instance knows. */
    public Optional<Instant> lastUse(String id) {
        return uses.lastUse(id);
    }

    /**
     * Revokes a key: at this instance at once, at the others as soon as they have read of it.
     *
     * @param state as {@link #find} gave it
     * @return the state after that; of a key that was revoked before, the same
     */
    public ApiKey revoke(ApiKey state) {
        return state.getRevokedAt() != null
                ? state
                : write(ApiKey.newBuilder(state).setRevokedAt(now()).build());
    }

    /**
     * Makes a key with the same rights, and ends the old one.
     *
     * @param state of the old key, as {@link #find} gave it
     * @param overlap how long the old key still works, zero or more; not longer than it would have
     * @throws io.bursar.service.http.ProblemException when the caller does not have the rights of the key, or it cannot be written now
     */
    public Created rotate(ApiKey state, Duration overlap, Caller caller) {
        var scopes = state.getScopes().stream()
                .flatMap(text -> Access.scope(text).stream())
                .toList();
        scopes.forEach(caller::requireScope);
        var rights = new KeyRights(
                state.getName(),
                scopes,
                state.getAccounts(),
                state.getExpiresAt(),
                state.getAllowedIps(),
                state.getRequestsPerSecond());
        var created = write(NewKey.random(), rights, caller);
        var unused = write(ApiKey.newBuilder(state)
                .setReplacedBy(created.key().id())
                .setExpiresAt(now().plus(overlap))
                .build());
        return created;
    }

    /** ACTIVE, EXPIRED or REVOKED. */
    public String status(ApiKey state) {
        if (isInForce(state, now())) {
            return "ACTIVE";
        }
        return state.getRevokedAt() != null ? "REVOKED" : "EXPIRED";
    }

    /** Whether it is neither revoked nor expired. */
    public static boolean isInForce(ApiKey state, Instant now) {
        return state.getRevokedAt() == null && (state.getExpiresAt() == null || now.isBefore(state.getExpiresAt()));
    }

    private Created write(NewKey key, KeyRights rights, Caller caller) {
        return new Created(key, write(state(key, rights, caller.keyId(), now())));
    }

    private ApiKey write(ApiKey state) {
        var next = state;
        for (int i = 0; i < MOST_WRITES; i++) {
            log.write(next);
            var known = table.find(state.getId()).map(KnownKey::state).orElse(next);
            if (known.equals(next)) {
                break;
            }
            next = known;
        }
        return next;
    }

    private static ApiKey state(NewKey key, KeyRights rights, String createdBy, Instant now) {
        return ApiKey.newBuilder()
                .setId(key.id())
                .setName(rights.name())
                .setHash(new Hash(KeyText.hashOf(key.text())))
                .setScopes(rights.scopes().stream().map(Access::text).toList())
                .setAccounts(rights.accounts())
                .setAllowedIps(rights.allowedIps())
                .setRequestsPerSecond(rights.requestsPerSecond())
                .setCreatedAt(Micros.floor(now))
                .setCreatedBy(createdBy)
                .setExpiresAt(rights.expiresAt())
                .build();
    }

    private Instant now() {
        return Micros.floor(clock.instant());
    }
}
