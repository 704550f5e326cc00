package io.bursar.cli.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.output.Printable;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which part of a list that goes on over several answers. */
public final class PageOptions {
    @Option(names = "--limit", paramLabel = "COUNT", description = "How many to list at most.")
    private Integer limit;

    @Option(
            names = "--cursor",
            paramLabel = "TEXT",
            description = "Where to go on, as the command before has said on standard error.")
    private String cursor;

    /** Asks for this part. */
    public ApiRequest addTo(ApiRequest request) {
        return request.query("limit", limit).query("cursor", cursor);
    }

    /** What to say of a list that goes on. */
    static Optional<String> hint(JsonNode answer) {
        var next = answer.path("nextCursor").asText("");
        if (!next.isEmpty()) {
            return Optional.of("There are more: --cursor=" + Printable.of(next) + " goes on there.");
        }
        return answer.path("truncated").asBoolean()
                ? Optional.of("There are more: --limit lists more of them.")
                : Optional.empty();
    }
}
