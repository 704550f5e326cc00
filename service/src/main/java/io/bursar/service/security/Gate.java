package io.bursar.service.security;

import io.javalin.http.Context;

/** Lets a request through to its route, or not. Thread-safe. */
interface Gate {
    /**
     * Finds out who makes the request, attaches that to it, and returns when that one may.
     *
     * @throws io.bursar.service.http.ProblemException otherwise
     */
    void check(Context context);
}
