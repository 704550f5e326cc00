package io.bursar.service.security;

import io.bursar.schemas.ApiKeyUse;
import io.bursar.schemas.AuditEvent;

/** Keeps what is told of requests, without letting them wait. Thread-safe. */
interface Recorder extends AutoCloseable {
    void start();

    void audit(AuditEvent event);

    void used(ApiKeyUse use);

    @Override
    void close();
}
