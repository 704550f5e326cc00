package io.bursar.cli.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.output.Column;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar tokens refresh}. */
@Command(
        name = "refresh",
        description = "Has the token of an account renewed if it is due. With --wait exit code 0 when it was renewed, 1"
                + " when that failed or was cancelled, 4 when the refresh has not ended in time.")
final class RefreshTokenCommand extends ChangeCommand {
    private static final int LONGEST_WAIT_SECONDS = 86_400;

    private static final String NUMBER = "number";
    private static final String OUTCOME = "outcome";
    private static final String PENDING = "PENDING";

    @Mixin
    private BrokerAccountParameter account;

    @Option(names = "--force", description = "Also when it is not due or the account is not ACTIVE.")
    private boolean force;

    @Option(names = "--wait", description = "Wait until the refresh has ended, and show how.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description =
                    "How long --wait waits (default: ${DEFAULT-VALUE}). A broker that is asked too often may make it"
                            + " an hour.")
    private int timeoutSeconds;

    RefreshTokenCommand() {
        super(
                Column.number(NUMBER),
                Column.text("trigger"),
                Column.text("requestedAt"),
                Column.text("phase"),
                Column.text("endedAt"),
                Column.text(OUTCOME),
                Column.text("code"),
                Column.number("attempts"));
    }

    @Override
    protected ApiRequest request() {
        if (timeoutSeconds < 1 || timeoutSeconds > LONGEST_WAIT_SECONDS) {
            throw usage("--timeout is %d, but must be from 1 to %d".formatted(timeoutSeconds, LONGEST_WAIT_SECONDS));
        }
        return ApiRequest.post(account.path("token", "refreshes")).with("force", force ? Boolean.TRUE : null);
    }

    @Override
    protected ApiAnswer send(ApiClient client, ApiRequest request) throws InterruptedException {
        var begun = client.begin(request.idempotent(commandId()));
        if (!wait) {
            return begun;
        }
        // Without a number it has ended already, as the newest one.
        var number = Optional.of(begun.body().path("refresh").path(NUMBER)).filter(JsonNode::isNumber);
        return Repeat.until(Duration.ofSeconds(timeoutSeconds), () -> ended(client, number))
                .map(ended -> new ApiAnswer(begun.status(), ended, begun.replayed()))
                .orElse(begun);
    }

    private Optional<JsonNode> ended(ApiClient client, Optional<JsonNode> number) throws InterruptedException {
        var history = client.ask(ApiRequest.get(account.path("token", "refreshes")))
                .body()
                .path("refreshes");
        return StreamSupport.stream(history.spliterator(), false)
                .filter(refresh -> number.isEmpty()
                        || refresh.path(NUMBER).asLong() == number.get().asLong())
                .findFirst()
                .filter(refresh -> !refresh.path(OUTCOME).asText().equals(PENDING));
    }

    /** The refresh: that of the history, or the one that is under way. */
    @Override
    protected Iterable<JsonNode> elements(JsonNode answer) {
        if (answer.has(OUTCOME)) {
            return List.of(answer);
        }
        return answer.has("refresh") ? List.of(answer.path("refresh")) : List.of();
    }

    @Override
    protected void show(ApiAnswer answer) {
        super.show(answer);
        if (wait && !answer.body().has(OUTCOME)) {
            note("The refresh has not ended within %d s; it goes on, and `bursar tokens history %s` tells how it ends."
                    .formatted(timeoutSeconds, account.id()));
        }
    }

    @Override
    protected int exitCode(ApiAnswer answer) {
        if (!wait) {
            return ExitCode.DONE;
        }
        return switch (answer.body().path(OUTCOME).asText()) {
            case "SUCCEEDED" -> ExitCode.DONE;
            case "" -> ExitCode.UNDECIDED;
            default -> ExitCode.FAILURE;
        };
    }
}
