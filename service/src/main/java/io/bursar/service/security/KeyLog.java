package io.bursar.service.security;

import io.bursar.schemas.ApiKey;
import java.util.Optional;

/** Where the states of keys are kept, and from where they come into the table. Thread-safe. */
interface KeyLog extends AutoCloseable {
    /** Begins to read; returns at once. */
    void start();

    /** Whether all that was there when it was started has been read, so that the table can be trusted. */
    boolean isRead();

    /** What keeps it from reading on, in words; empty when nothing does. */
    Optional<String> problem();

    /**
     * Keeps a state and returns when the table has it.
     *
     * @throws io.bursar.service.http.ProblemException 503 when that cannot be done now, or is not known to be done
     */
    void write(ApiKey state);

    @Override
    void close();
}
