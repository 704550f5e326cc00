package io.bursar.service.http;

import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An error as RFC 9457 describes it.
 *
 * @param type always {@code about:blank}: the status and {@code reason} say what kind of problem it is
 * @param title the status in words
 * @param detail one sentence about this occurrence
 * @param reason a code for programs
 * @param field for a refused parameter: its name
 * @param value for a refused parameter: what was given
 * @param rule for a refused parameter: what is allowed
 */
public record Problem(
        String type, String title, int status, String detail, String reason, String field, String value, String rule) {
    public static final String CONTENT_TYPE = "application/problem+json";
    private static final String TYPE = "about:blank";

    /** Enough to recognise what was given. */
    private static final int MAX_VALUE_LENGTH = 100;

    public static Problem of(HttpStatus status, String reason, String detail) {
        return new Problem(TYPE, status.getMessage(), status.getCode(), detail, reason, null, null, null);
    }

    public static Problem invalid(String field, String given, String rule) {
        var value = shortened(given);
        return refused("parameter_invalid", field, value, rule, field + " is '" + value + "': it must be " + rule);
    }

    public static Problem unknown(String given, List<String> allowed) {
        var field = shortened(given);
        var rule = allowed.isEmpty() ? "no parameters" : String.join(", ", allowed);
        return refused(
                "parameter_unknown",
                field,
                null,
                rule,
                "'" + field + "' is no parameter of this query: it takes " + rule);
    }

    public static Problem repeated(String field, int times) {
        return refused(
                "parameter_repeated",
                field,
                null,
                "given once",
                field + " is given " + times + " times: it must be given once");
    }

    /** A field of a body that does not fit. */
    public static Problem invalidField(String field, String given, String rule) {
        var value = shortened(given);
        return refused("field_invalid", field, value, rule, field + " is '" + value + "': it must be " + rule);
    }

    public static Problem missingField(String field) {
        return refused("field_missing", field, null, "given", field + " is missing: it must be given");
    }

    public static Problem unknownField(String given, Set<String> allowed) {
        var field = shortened(given);
        var rule = allowed.isEmpty() ? "no fields" : String.join(", ", new TreeSet<>(allowed));
        return refused(
                "field_unknown", field, null, rule, "'" + field + "' is no field of this command: it takes " + rule);
    }

    private static Problem refused(String reason, String field, String value, String rule, String detail) {
        var status = HttpStatus.BAD_REQUEST;
        return new Problem(TYPE, status.getMessage(), status.getCode(), detail, reason, field, value, rule);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
    }
}
