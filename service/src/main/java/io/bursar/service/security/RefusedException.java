package io.bursar.service.security;

import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;

/** Ends a request of somebody who may not make it, or not now. The message is for the caller and holds no secret. */
public final class RefusedException extends RuntimeException {
    private final HttpStatus status;
    private final String reason;
    private final Duration retryAfter;

    private RefusedException(HttpStatus status, String reason, String detail, Duration retryAfter) {
        super(detail);
        this.status = status;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** 401: nobody knows who the caller is. */
    static RefusedException unknown(String reason, String detail) {
        return new RefusedException(HttpStatus.UNAUTHORIZED, reason, detail, null);
    }

    /** 403: it is known who the caller is, who may not do this. */
    static RefusedException forbidden(String reason, String detail) {
        return new RefusedException(HttpStatus.FORBIDDEN, reason, detail, null);
    }

    /** 429: the caller asks too often. */
    static RefusedException tooMany(String detail, Duration retryAfter) {
        return new RefusedException(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", detail, retryAfter);
    }

    /** 503: it cannot be found out now. */
    static RefusedException unavailable(String detail, Duration retryAfter) {
        return new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "keys_not_available", detail, retryAfter);
    }

    public HttpStatus status() {
        return status;
    }

    /** A code for programs. */
    public String reason() {
        return reason;
    }

    /** When another try is worth it, in whole seconds from 1 on; empty when it is not. */
    public Optional<Long> retryAfterSeconds() {
        return Optional.ofNullable(retryAfter)
                .map(wait -> Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
