package io.bursar.service.command;

import io.bursar.service.http.Fields;
import io.bursar.service.http.Headers;
import io.bursar.service.http.Json;
import io.bursar.service.http.Problem;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Audit;
import io.bursar.service.security.Caller;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.HashMap;
import java.util.Map;

/** A route for each command. */
final class CommandRoutes {
    private final CommandDesk desk;

    CommandRoutes(CommandDesk desk) {
        this.desk = desk;
    }

    void addTo(RoutesConfig routes) {
        for (var endpoint : Endpoints.ALL) {
            Routes.send(
                    routes,
                    endpoint.method(),
                    Endpoint.ROOT + endpoint.path(),
                    endpoint.access(),
                    context -> handle(context, endpoint),
                    endpoint.parameters().toArray(String[]::new));
        }
    }

    private void handle(Context context, Endpoint endpoint) throws InterruptedException {
        var fields = Fields.of(RequestBody.ofCommand(context));
        var key = context.header(Headers.IDEMPOTENCY_KEY);
        var request = desk.request(context.pathParamMap(), query(context), fields, key);
        if (key == null) {
            // Told before anything is sent, and sent on where the request is: whatever happens, it can be repeated.
            context.header(Headers.IDEMPOTENCY_KEY, request.freshId());
        }
        var message = endpoint.message().of(request);
        fields.requireNoOthers();
        context.header(Headers.IDEMPOTENCY_KEY, CommandDesk.key(message));
        var accountId = CommandDesk.accountId(message);
        Audit.noteAccount(context, accountId);
        Caller.of(context).requireAccount(accountId);
        try (var open = desk.send(endpoint, message, context.header(Headers.TRACE_PARENT))) {
            answer(context, open.await());
        }
    }

    private static Map<String, String> query(Context context) {
        var query = new HashMap<String, String>();
        context.queryParamMap().forEach((name, values) -> query.put(name, values.getFirst()));
        return query;
    }

    private static void answer(Context context, Decided decided) {
        context.status(decided.status());
        if (decided.replayed()) {
            context.header(Headers.IDEMPOTENCY_REPLAYED, "true");
        }
        if (decided.location() != null) {
            context.header(Header.LOCATION, decided.location());
        }
        if (decided.body() instanceof Refusal refusal) {
            Audit.noteReason(context, refusal.reason());
        }
        if (decided.isProblem()) {
            Json.answer(context, decided.body(), Problem.CONTENT_TYPE);
        } else {
            Json.answer(context, decided.body());
        }
    }
}
