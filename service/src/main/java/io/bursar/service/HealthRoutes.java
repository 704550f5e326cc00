package io.bursar.service;

import io.bursar.service.http.Access;
import io.bursar.service.http.Json;
import io.bursar.service.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Set;
import java.util.function.Supplier;

/** Whether the process should be left running, and whether it can be asked. */
final class HealthRoutes {
    private static final Set<String> FAILED = Set.of("ERROR", "PENDING_ERROR");

    private final Supplier<Instance> instance;

    /**
     * @param streams the state of the stream threads
     * @param waitingForRegistry what waits for the schema registry, a partition or the start, each with the reason
     */
    record Health(String status, String streams, Set<String> waitingForRegistry) {}

    HealthRoutes(Supplier<Instance> instance) {
        this.instance = instance;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(routes, "/health/live", Access.OPEN, this::live);
        Routes.get(routes, "/health/ready", Access.OPEN, this::ready);
    }

    /** Waiting, for stores or for the registry, is no reason to be restarted. */
    private void live(Context context) {
        var current = instance.get();
        boolean failed = FAILED.contains(current.state());
        var status = failed ? "failed" : "live";
        answer(context, !failed, new Health(status, current.state(), current.waitingForRegistry()));
    }

    /** Where a partition waits for the registry, its commands wait as well, though queries are answered. */
    private void ready(Context context) {
        var current = instance.get();
        var waiting = current.waitingForRegistry();
        boolean ready = current.isReady() && waiting.isEmpty();
        if (!ready) {
            context.header(Header.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
        }
        answer(context, ready, new Health(ready ? "ready" : "not_ready", current.state(), waiting));
    }

    private static void answer(Context context, boolean good, Health health) {
        context.status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        Json.answer(context, health);
    }
}
