package io.bursar.service.security;

import io.bursar.schemas.ApiKeyUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * When keys were last used: at this instance at once, at the others to about a minute, as each tells of a key's use at
 * most once in that time. Thread-safe.
 */
final class KeyUses {
    private static final Duration BETWEEN_RECORDS = Duration.ofMinutes(1);

    private final Map<String, Instant> lastUses = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastRecords = new ConcurrentHashMap<>();
    private final Consumer<ApiKeyUse> recorder;

    /** @param recorder tells the other instances, without waiting */
    KeyUses(Consumer<ApiKeyUse> recorder) {
        this.recorder = recorder;
    }

    /** A use at this instance. */
    void used(Caller caller, Instant now) {
        lastUses.merge(caller.keyId(), now, KeyUses::later);
        var due = now.minus(BETWEEN_RECORDS);
        var before = lastRecords.get(caller.keyId());
        boolean isDue = before == null
                ? lastRecords.putIfAbsent(caller.keyId(), now) == null
                : !before.isAfter(due) && lastRecords.replace(caller.keyId(), before, now);
        if (isDue) {
            recorder.accept(new ApiKeyUse(caller.keyId(), now, caller.address()));
        }
    }

    /** What an instance told, this one or another. */
    void apply(ApiKeyUse use) {
        lastUses.merge(use.getKeyId(), use.getUsedAt(), KeyUses::later);
        lastRecords.merge(use.getKeyId(), use.getUsedAt(), KeyUses::later);
    }

    Optional<Instant> lastUse(String keyId) {
        return Optional.ofNullable(lastUses.get(keyId));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
