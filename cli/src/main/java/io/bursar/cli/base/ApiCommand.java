package io.bursar.cli.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.output.Column;
import io.bursar.cli.output.Format;
import io.bursar.cli.output.Listing;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that is one request to the HTTP API, and shows the answer. */
@Command(mixinStandardHelpOptions = true)
public abstract class ApiCommand implements Callable<Integer> {
    private final Listing listing;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private OutputOption output;

    /** @param columns of the answer as a table */
    protected ApiCommand(Column... columns) {
        listing = new Listing(columns);
    }

    /** What the arguments ask for. */
    protected abstract ApiRequest request();

    /**
     * The answer to the request, which is sent once and as it is, unless a command knows better.
     *
     * @throws io.bursar.cli.api.ApiException when it was not done
     */
    protected ApiAnswer send(ApiClient client, ApiRequest request) throws InterruptedException {
        return client.ask(request);
    }

    /** The lines of a table; the answer itself is the only one, unless a command knows better. */
    protected Iterable<JsonNode> elements(JsonNode answer) {
        return List.of(answer);
    }

    @Override
    public Integer call() throws InterruptedException {
        var request = request();
        try (var client = client()) {
            var answer = send(client, request);
            show(answer);
            return exitCode(answer);
        }
    }

    /** One of {@link ExitCode}, for an answer that was a success. */
    protected int exitCode(ApiAnswer answer) {
        return answer.isPending() ? ExitCode.UNDECIDED : ExitCode.DONE;
    }

    /** Writes the answer, and what is to be said about it beside. */
    protected void show(ApiAnswer answer) {
        output.print(out(), answer.body(), elements(answer.body()), listing);
        if (answer.replayed()) {
            note("This was decided before; nothing was done again.");
        }
    }

    /** Says something about the answer that is no part of it, so that a program does not read it as such. */
    protected final void note(String sentence) {
        var err = err();
        err.println(sentence);
        err.flush();
    }

    /** Where the answer goes. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where notes go, and what a long command says of its progress. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    protected final CommandLine commandLine() {
        return spec.commandLine();
    }

    protected final ConnectionOptions connection() {
        return connection;
    }

    /** For arguments that do not fit together. */
    protected final ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    protected final Format format() {
        return output.format();
    }

    protected final Listing listing() {
        return listing;
    }

    /** @throws io.bursar.cli.clients.CommandException when nothing says where the API is */
    protected final ApiClient client() {
        return connection.client();
    }
}
