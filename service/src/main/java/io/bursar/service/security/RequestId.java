package io.bursar.service.security;

import io.bursar.service.http.Ids;
import io.javalin.http.Context;
import java.util.UUID;

/** What a request is called in answers, in logs and in the audit: the caller's choice, or made up. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = "bursar.request-id";

    private RequestId() {}

    /** What was given, if it can be an id, else a new one. */
    public static String orNew(String given) {
        return given != null && Ids.isValid(given, Ids.MAX_LENGTH)
                ? given
                : UUID.randomUUID().toString();
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
