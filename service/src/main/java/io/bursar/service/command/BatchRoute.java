package io.bursar.service.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Headers;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Audit;
import io.bursar.service.security.Caller;
import io.bursar.topology.OwnedElsewhereException;
import io.bursar.topology.UnavailableException;
import io.bursar.topology.commands.NotWrittenException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many commands in one request, each answered as it would be alone. They are sent in their order; those of one account are
 * decided in it, see {@link BatchOrder}. A command that is not understood or refused does not keep the others from being sent.
 */
final class BatchRoute {
    static final int MAX_COMMANDS = 1_000;

    private static final String PATH = Endpoint.ROOT + "/batch";

    private final CommandDesk desk;

    /**
     * The answer to one command.
     *
     * @param idempotencyKey by which a repeat would be recognised; absent when the command was not understood
     * @param replayed absent unless the command had been decided before
     */
    record Item(int status, String idempotencyKey, Boolean replayed, Object body) {
        static Item of(Decided decided) {
            return new Item(decided.status(), decided.key(), decided.replayed() ? true : null, decided.body());
        }

        static Item of(String key, Problem problem) {
            return new Item(problem.status(), key, null, problem);
        }

        private String reason() {
            return switch (body) {
                case Refusal refusal -> refusal.reason();
                case Problem problem -> problem.reason();
                default -> null;
            };
        }
    }

    private record Sent(Endpoint endpoint, String accountId, String key, CommandDesk.Open open) {}

    /**
     * What was sent, or why not.
     *
     * @param key of what may have been sent all the same; null when nothing was
     */
    private record Attempt(Sent sent, String key, Problem problem) {
        static Attempt notSent(Problem problem) {
            return new Attempt(null, null, problem);
        }
    }

    BatchRoute(CommandDesk desk) {
        this.desk = desk;
    }

    void addTo(RoutesConfig routes) {
        Routes.send(routes, HandlerType.POST, PATH, Access.ANY_KEY, this::batch);
    }

    private void batch(Context context) throws InterruptedException {
        var type = RequestBody.requireType(context, RequestBody.JSON, RequestBody.NDJSON);
        var body = RequestBody.bytes(context);
        var commands = type.equals(RequestBody.NDJSON) ? lines(body) : array(body);
        var attempts = new ArrayList<Attempt>();
        var order = new BatchOrder(desk.atMost());
        try {
            for (var command : commands) {
                attempts.add(order.isTooLate() ? tooLate() : attempt(context, command, order));
            }
            var items = new ArrayList<Item>();
            for (var attempt : attempts) {
                var item = answer(attempt);
                audit(context, attempt, item);
                items.add(item);
            }
            answer(context, type, items);
        } finally {
            attempts.stream()
                    .filter(attempt -> attempt.sent() != null)
                    .forEach(attempt -> attempt.sent().open().close());
        }
    }

    private static List<JsonNode> array(byte[] body) {
        var array = RequestBody.parse(body);
        if (!array.isArray()) {
            throw Fields.invalid("body", array.toString(), "a JSON array of commands");
        }
        var commands = new ArrayList<JsonNode>();
        array.forEach(commands::add);
        return bounded(commands);
    }

    private static List<JsonNode> lines(byte[] body) {
        var commands = new String(body, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> RequestBody.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return bounded(commands);
    }

    private static List<JsonNode> bounded(List<JsonNode> commands) {
        if (commands.isEmpty() || commands.size() > MAX_COMMANDS) {
            throw Fields.invalid("body", commands.size() + " commands", "1 to " + MAX_COMMANDS + " commands");
        }
        return commands;
    }

    private Attempt attempt(Context context, JsonNode command, BatchOrder order) throws InterruptedException {
        try {
            return send(context, Fields.of(command), order);
        } catch (ProblemException e) {
            return Attempt.notSent(e.problem());
        } catch (OwnedElsewhereException | UnavailableException e) {
            // The batch as a whole must not be sent on: the commands before this one are on their way.
            return Attempt.notSent(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "partition_not_ready", e.getMessage()));
        } catch (RegistryUnavailableException e) {
            return Attempt.notSent(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "registry_unavailable", e.getMessage()));
        }
    }

    /** While the log or the registry is away, each command would be waited for. */
    private static Attempt tooLate() {
        return notSent("the commands before this one took all the time that there is; it was not sent");
    }

    private static Attempt notSent(String detail) {
        return Attempt.notSent(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "not_sent", detail));
    }

    private Attempt send(Context context, Fields command, BatchOrder order) throws InterruptedException {
        var method = command.text("method", Fields.MAX_TEXT);
        var path = command.text("path", Fields.MAX_TEXT);
        var key = command.optionalText("idempotencyKey", Fields.MAX_TEXT);
        var body = command.object("body");
        command.requireNoOthers();
        for (var endpoint : Endpoints.ALL) {
            var parameters = endpoint.match(method, path);
            if (parameters.isPresent()) {
                return send(context, endpoint, parameters.get(), key, body, order);
            }
        }
        throw Fields.invalid("path", method + " " + path, "the method and path, from /accounts on, of a command");
    }

    private Attempt send(
            Context context, Endpoint endpoint, Map<String, String> path, String key, Fields body, BatchOrder order)
            throws InterruptedException {
        Caller.of(context).requireScope(endpoint.access());
        if (path.containsKey(Parameters.ACCOUNT)) {
            Caller.of(context).requireAccount(path.get(Parameters.ACCOUNT));
        }
        var request = desk.request(path, Map.of(), body, key);
        var message = endpoint.message().of(request);
        body.requireNoOthers();
        var accountId = CommandDesk.accountId(message);
        Caller.of(context).requireAccount(accountId);
        if (!order.await(message)) {
            return notSent("a command of the same account before this one is not decided; it was not sent");
        }
        if (order.isTooLate()) {
            return tooLate();
        }
        try {
            var open = desk.send(endpoint, message, context.header(Headers.TRACE_PARENT));
            order.sent(message, open);
            return new Attempt(new Sent(endpoint, accountId, CommandDesk.key(message), open), null, null);
        } catch (NotWrittenException e) {
            return new Attempt(null, CommandDesk.key(message), notWritten(e));
        }
    }

    private static Item answer(Attempt attempt) throws InterruptedException {
        if (attempt.problem() != null) {
            return Item.of(attempt.key(), attempt.problem());
        }
        try {
            return Item.of(attempt.sent().open().await());
        } catch (NotWrittenException e) {
            return Item.of(attempt.sent().key(), notWritten(e));
        }
    }

    private static Problem notWritten(NotWrittenException e) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "not_written", e.getMessage());
    }

    private static void audit(Context context, Attempt attempt, Item item) {
        var sent = attempt.sent();
        if (sent == null) {
            Audit.noteRefusedItem(context, attempt.problem());
        } else if (sent.endpoint().access() == Access.ADMIN_WRITE) {
            var action = sent.endpoint().method() + " " + Endpoint.ROOT
                    + sent.endpoint().path();
            Audit.noteItem(context, action, sent.accountId(), item.status(), item.reason());
        }
    }

    private static void answer(Context context, String type, List<Item> items) {
        if (type.equals(RequestBody.JSON)) {
            Json.answer(context, items);
            return;
        }
        var lines = new ByteArrayOutputStream();
        for (var item : items) {
            lines.writeBytes(Json.bytes(item));
            lines.write('\n');
        }
        context.header(Header.CACHE_CONTROL, "no-store");
        context.contentType(RequestBody.NDJSON).result(lines.toByteArray());
    }
}
