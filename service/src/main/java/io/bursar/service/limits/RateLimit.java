package io.bursar.service.limits;

import java.time.Duration;
import java.util.Optional;

/** How often one key may ask. Thread-safe. */
public interface RateLimit {
    /** Counts a request; says how long to wait when it is one too many, in which case it is not counted. */
    Optional<Duration> count();

    /** A request that was counted goes to another instance. Does nothing where that one counts for itself. */
    void sentOn();
}
