package io.bursar.service.security;

import io.bursar.schemas.ApiKey;
import io.bursar.service.limits.RateLimits;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys as far as this instance has read of them. Thread-safe; states are given by one thread. */
final class KeyTable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyTable.class);

    private final Map<String, KnownKey> keys = new ConcurrentHashMap<>();
    private final RateLimits limits;

    /** @param limits stay the caller's, who closes them after the last use of a key */
    KeyTable(RateLimits limits) {
        this.limits = limits;
    }

    /** A later state of a key, or a new key. */
    void apply(ApiKey state) {
        try {
            keys.compute(
                    state.getId(),
                    (id, known) -> known == null ? new KnownKey(state, limits) : known.with(state, limits));
        } catch (IllegalArgumentException e) {
            LOG.error("the key {} is refused from now on: {}", state.getId(), e.getMessage());
            withdraw(state.getId());
        }
    }

    /** From now on there is no such key. */
    void withdraw(String id) {
        keys.remove(id);
    }

    Optional<KnownKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The oldest first. */
    List<ApiKey> all() {
        return keys.values().stream()
                .map(KnownKey::state)
                .sorted(Comparator.comparing(ApiKey::getCreatedAt).thenComparing(ApiKey::getId))
                .toList();
    }
}
