package io.bursar.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiException;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.progress.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends the commands of a file from one of them on, one request after the other, so that those of an account are decided in
 * the file's order. A refused one does not stop the others. One that is not decided does, at the end of its request: what
 * follows may depend on it. For one thread, but for {@link #progress}.
 */
public final class BatchRun {
    private static final int ACCEPTED = 202;
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final ApiClient client;
    private final CommandFile file;
    private final long from;
    private final Parts parts;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param client stays the caller's
     * @param file stays the caller's
     * @param from number of the first command to send, from 1 on
     */
    public BatchRun(ApiClient client, CommandFile file, long from) {
        this.client = client;
        this.file = file;
        this.from = from;
        parts = new Parts(file, from);
    }

    /**
     * Sends them until the end of the file or the first failure.
     *
     * @param answers takes what the API has answered to the commands of each request, in their order and with their {@code
     *     number}
     * @throws CommandException when the answer of the API is none to these commands
     */
    public Ending run(Consumer<List<JsonNode>> answers) throws InterruptedException {
        long next = from;
        try {
            for (var part = parts.next(); !part.isEmpty(); part = parts.next()) {
                next = part.getFirst().number();
                var answered = send(part);
                answers.accept(answered);
                var open = firstOpen(part, answered);
                if (open.isPresent()) {
                    return undecided(open.get(), part.getLast());
                }
                next = part.getLast().number() + 1;
            }
        } catch (UnusableFileException e) {
            return unusable(e, Math.max(from, e.number()));
        } catch (ApiException e) {
            return new Ending(e.exitCode(), "%s %s".formatted(e.getMessage(), goesOn(next)));
        }
        if (file.count() < from) {
            return new Ending(
                    ExitCode.USAGE,
                    "%s has %d commands: there is nothing to send from %d on."
                            .formatted(file.name(), file.count(), from));
        }
        return Ending.atEnd(refused.get() == 0 ? ExitCode.DONE : ExitCode.REFUSED);
    }

    private static Ending unusable(UnusableFileException fault, long number) {
        return new Ending(
                ExitCode.USAGE,
                "%s Nothing from command %d on was sent; once the file is mended, %s"
                        .formatted(fault.getMessage(), number, goesOn(number)));
    }

    private List<JsonNode> send(List<FileCommand> part) throws InterruptedException {
        var list = JsonNodeFactory.instance.arrayNode();
        part.forEach(command -> list.add(command.json()));
        var body = client.command(ApiRequest.post(list, "batch")).body();
        var answered = new ArrayList<JsonNode>();
        for (var command : part) {
            if (body.size() != part.size() || !(body.path(answered.size()) instanceof ObjectNode answer)) {
                throw new CommandException("The API was sent %d commands, and its answer is none to so many; %s"
                        .formatted(part.size(), goesOn(part.getFirst().number())));
            }
            count(answer);
            answered.add(numbered(command, answer));
        }
        return answered;
    }

    private static JsonNode numbered(FileCommand command, ObjectNode answer) {
        ObjectNode numbered = JsonNodeFactory.instance.objectNode().put("number", command.number());
        return numbered.setAll(answer);
    }

    private void count(JsonNode answer) {
        if (isOpen(answer)) {
            return;
        }
        (status(answer) < FIRST_REFUSAL ? taken : refused).incrementAndGet();
    }

    private static Optional<FileCommand> firstOpen(List<FileCommand> part, List<JsonNode> answers) {
        for (int i = 0; i < part.size(); i++) {
            if (isOpen(answers.get(i))) {
                return Optional.of(part.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean isOpen(JsonNode answer) {
        return status(answer) == ACCEPTED || status(answer) >= FIRST_SERVER_ERROR;
    }

    private static int status(JsonNode answer) {
        return answer.path("status").asInt();
    }

    private static Ending undecided(FileCommand first, FileCommand last) {
        return new Ending(
                ExitCode.UNDECIDED,
                "%s is the first that is not decided, and nothing behind command %d was sent. %s What is decided by then"
                                .formatted(first.name(), last.number(), goesOn(first.number()))
                        + " gets its first answer again.");
    }

    /** The end of a sentence. */
    private static String goesOn(long number) {
        return "--from=%d goes on there.".formatted(number);
    }

    /** How far it is. */
    public String progress() {
        return "%s commands accepted, %s refused.".formatted(Text.count(taken.get()), Text.count(refused.get()));
    }
}
