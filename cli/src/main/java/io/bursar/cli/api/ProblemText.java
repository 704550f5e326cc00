package io.bursar.cli.api;

import io.bursar.cli.output.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** What a problem of RFC 9457 says, as one sentence for people. */
final class ProblemText {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    /** The numbers and names that a refusal can have. */
    private static final List<String> OF_REFUSALS =
            List.of("required", "available", "asset", "strategy", "limit", "value", "commandId", "sequence");

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
        var sentence = kind(answer.status()) + reason + (detail.isEmpty() ? "" : " (" + detail + ")");
        return Printable.of(sentence) + numbers(answer) + "." + hint(answer.status(), address);
    }

    private static String kind(int status) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN -> "Not allowed: ";
            case CONFLICT, UNPROCESSABLE -> "Refused: ";
            default -> "Not done: ";
        };
    }

    private static String numbers(ApiAnswer answer) {
        if (exitCode(answer.status()) != ExitCode.REFUSED) {
            return "";
        }
        return OF_REFUSALS.stream()
                .filter(name -> !answer.body().path(name).asText("").isEmpty())
                .map(name -> "; " + name + " "
                        + Printable.of(answer.body().path(name).asText()))
                .collect(Collectors.joining());
    }

    private static String hint(int status, ApiAddress address) {
        return status == UNAUTHORIZED && address.key().isEmpty()
                ? " No key was given: BURSAR_API_KEY or a profile has it."
                : "";
    }
}
