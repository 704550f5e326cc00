package io.bursar.service;

import io.bursar.service.http.Access;
import io.bursar.service.http.Json;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Security;
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
    private final Security security;

    /**
     * @param streams the state of the stream threads
     * @param waitingForRegistry what waits for the schema registry, a partition or the start, each with the reason
     * @param apiKeys why nothing is learnt of new keys and revocations; absent while it is
     */
    record Health(String status, String streams, Set<String> waitingForRegistry, String apiKeys) {}

    HealthRoutes(Supplier<Instance> instance, Security security) {
        this.instance = instance;
        this.security = security;
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
        answer(context, !failed, health(status, current));
    }

    /**
     * Where a partition waits for the registry, its commands wait as well, though queries are answered. Without the keys
     * nothing is; once they have been read, what cannot be learnt of them is told and no reason to send callers away.
     */
    private void ready(Context context) {
        var current = instance.get();
        boolean ready = current.isReady() && current.waitingForRegistry().isEmpty() && security.isReady();
        if (!ready) {
            context.header(Header.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
        }
        answer(context, ready, health(ready ? "ready" : "not_ready", current));
    }

    private Health health(String status, Instance current) {
        return new Health(
                status,
                current.state(),
                current.waitingForRegistry(),
                security.problem().orElse(security.isReady() ? null : "they are being read for the first time"));
    }

    private static void answer(Context context, boolean good, Health health) {
        context.status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        Json.answer(context, health);
    }
}
