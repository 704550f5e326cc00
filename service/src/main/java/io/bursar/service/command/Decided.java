package io.bursar.service.command;

/**
 * What a command is answered with.
 *
 * @param body a {@link DecisionView}, {@link Refusal}, or {@link io.bursar.service.http.Problem}
 * @param key the id by which a repeat would be recognised; null when the request was not understood
 * @param replayed whether the command had been decided before
 * @param location where to ask for what became of it, or for what it made; null for neither
 */
record Decided(int status, Object body, String key, boolean replayed, String location) {
    boolean isProblem() {
        return !(body instanceof DecisionView);
    }
}
