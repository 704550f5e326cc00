package io.bursar.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.output.Printable;

/** What a problem of RFC 9457 says, for people: one sentence, and a line for each of several fields that do not fit. */
final class ProblemText {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private ProblemText() {}

    /** One of {@link ExitCode} for an answer that is no success. */
    static int exitCode(int status) {
        return switch (status) {
            case BAD_REQUEST -> ExitCode.USAGE;
            case UNAUTHORIZED, FORBIDDEN -> ExitCode.NOT_ALLOWED;
            case CONFLICT, UNPROCESSABLE -> ExitCode.REFUSED;
            default -> ExitCode.FAILURE;
        };
    }

    static String of(ApiRequest request, ApiAnswer answer, ApiAddress address) {
        var reason = answer.body().path("reason").asText("");
        if (reason.isEmpty()) {
            return "%s %s was answered with %d by %s, which gives no reason."
                    .formatted(request.method(), request.path(), answer.status(), address);
        }
        var detail = answer.body().path("detail").asText("");
        var faults = answer.body().path("faults");
        if (!faults.isEmpty()) {
            return kind(answer.status()) + "what does not fit (" + Printable.of(reason) + "):" + lines(faults);
        }
        var entry = answer.body().path("sequence").asText("");
        var sentence = kind(answer.status())
                + (detail.isEmpty() ? reason : detail + " (" + reason + ")")
                + (entry.isEmpty() ? "" : ", by entry " + entry);
        return Printable.of(sentence) + "." + hint(answer.status(), address);
    }

    /** A line for each field. */
    private static String lines(JsonNode faults) {
        var lines = new StringBuilder();
        for (var fault : faults) {
            var value = fault.hasNonNull("value") ? " \"" + fault.path("value").asText() + "\"" : "";
            lines.append(System.lineSeparator())
                    .append(Printable.of("%s%s: %s"
                            .formatted(
                                    fault.path("field").asText(),
                                    value,
                                    fault.path("rule").asText())));
        }
        return lines.toString();
    }

    private static String kind(int status) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN -> "Not allowed: ";
            case CONFLICT, UNPROCESSABLE -> "Refused: ";
            default -> "Not done: ";
        };
    }

    private static String hint(int status, ApiAddress address) {
        return status == UNAUTHORIZED && address.key().isEmpty()
                ? " No key was given: BURSAR_API_KEY or a profile has it."
                : "";
    }
}
