package io.bursar.schemas.serde;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Ids that the registry did not know a moment ago, and why. A producer that keeps sending a wrong id would otherwise
 * cost one request per record. They are forgotten soon, because a registry may learn an id late: a follower that lags,
 * a restored backup. Thread-safe.
 */
final class UnknownIds {
    static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** Random ids must not fill the memory; what is dropped is only asked again. */
    private static final int MAX_IDS = 10_000;

    private record Refusal(String reason, long atNanos) {}

    private final Map<Integer, Refusal> refusals = new ConcurrentHashMap<>();
    private final LongSupplier nanoClock;

    UnknownIds(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    Optional<String> reason(int id) {
        Refusal refusal = refusals.get(id);
        if (refusal == null) {
            return Optional.empty();
        }
        if (isOver(refusal)) {
            refusals.remove(id, refusal);
            return Optional.empty();
        }
        return Optional.of(refusal.reason());
    }

    void add(int id, String reason) {
        if (refusals.size() >= MAX_IDS) {
            refusals.values().removeIf(this::isOver);
        }
        if (refusals.size() >= MAX_IDS) {
            refusals.clear();
        }
        refusals.put(id, new Refusal(reason, nanoClock.getAsLong()));
    }

    private boolean isOver(Refusal refusal) {
        return nanoClock.getAsLong() - refusal.atNanos() > REMEMBERED.toNanos();
    }
}
