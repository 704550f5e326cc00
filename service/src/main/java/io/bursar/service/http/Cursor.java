package io.bursar.service.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Where a list goes on, as text that callers hand back as they got it. */
public final class Cursor {
    /** No id has it. */
    private static final String BETWEEN_PARTS = "/";

    private Cursor() {}

    /**
     * A place in a list.
     *
     * @param list whose cursor it is: any other refuses it
     */
    public static String of(String list, Object... parts) {
        var text = new StringBuilder(list);
        for (var part : parts) {
            text.append(BETWEEN_PARTS).append(part);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The parts of the request's cursor; empty when it has none.
     *
     * @throws ProblemException when it is none of this list
     */
    public static Optional<List<String>> parts(Context context, String list, int parts) {
        var given = context.queryParam(Parameters.CURSOR);
        if (given == null) {
            return Optional.empty();
        }
        var found = List.of(decoded(given).split(BETWEEN_PARTS, -1));
        if (found.size() != parts + 1 || !found.getFirst().equals(list)) {
            throw invalid(context);
        }
        return Optional.of(found.subList(1, found.size()));
    }

    /** The refusal of a request's cursor. */
    public static ProblemException invalid(Context context) {
        return new ProblemException(Problem.invalid(
                Parameters.CURSOR, context.queryParam(Parameters.CURSOR), "the nextCursor of an answer to this query"));
    }

    private static String decoded(String given) {
        try {
            return new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
