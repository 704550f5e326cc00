package io.bursar.service.security;

import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.javalin.http.HttpStatus;

/** The ends of requests that may not be made, or not now. What they say is for the caller and holds no secret. */
final class Refusals {
    private Refusals() {}

    /** 401: it is not known who the caller is. */
    static ProblemException unknown(String reason, String detail) {
        return new ProblemException(Problem.of(HttpStatus.UNAUTHORIZED, reason, detail));
    }

    /** 403: it is known who the caller is, who may not do this. */
    static ProblemException forbidden(String reason, String detail) {
        return new ProblemException(Problem.of(HttpStatus.FORBIDDEN, reason, detail));
    }

    /** 429: the caller asks too often. */
    static ProblemException tooMany(String detail) {
        return new ProblemException(Problem.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", detail));
    }

    /** 503: the keys cannot be read or written now. */
    static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "keys_not_available", detail));
    }
}
