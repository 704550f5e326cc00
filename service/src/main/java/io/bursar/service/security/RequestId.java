package io.bursar.service.security;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a request is called in answers, in logs and in the audit: the caller's choice, or made up. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = "bursar.request-id";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private RequestId() {}

    /** What was given, if it can be an id, else a new one. */
    public static String orNew(String given) {
        return given != null && isWellFormed(given) ? given : UUID.randomUUID().toString();
    }

    /** Whether a text can be an id, of a request or of anything else. */
    static boolean isWellFormed(String text) {
        return WELL_FORMED.matcher(text).matches();
    }

    /** Before anything else: chooses the id, and tells it in the answer. */
    static void choose(Context context) {
        var id = orNew(context.header(HEADER));
        context.attribute(ATTRIBUTE, id);
        context.header(HEADER, id);
    }

    /** Of a request that Javalin handles. */
    public static String of(Context context) {
        return context.attribute(ATTRIBUTE);
    }
}
