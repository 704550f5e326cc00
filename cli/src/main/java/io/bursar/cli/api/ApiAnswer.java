package io.bursar.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the API has answered.
 *
 * @param status of HTTP
 * @param body a missing node when there is none or it is no JSON
 * @param replayed whether it is what was answered to the same command before
 */
public record ApiAnswer(int status, JsonNode body, boolean replayed) {
    static final int ACCEPTED = 202;

    /** Whether it was taken, and what becomes of it is not known yet. */
    public boolean isPending() {
        return status == ACCEPTED;
    }

    /** Whether it was taken, and not even whether it begins is known yet. */
    boolean isUndecided() {
        return isPending() && body.path("outcome").asText("").equals("undecided");
    }
}
