package io.bursar.service.security;

import com.codahale.metrics.MetricRegistry;
import io.bursar.schemas.AuditEvent;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The record of who changed what as an administrator, and of who was refused. Never waits for Kafka. Thread-safe.
 */
public final class Audit {
    private static final String REASON = "bursar.reason";
    private static final String SUBJECT = "bursar.subject";
    private static final String REFUSED = "access.refused";
    private static final Set<HttpStatus> REFUSALS =
            Set.of(HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN, HttpStatus.TOO_MANY_REQUESTS);

    private final Consumer<AuditEvent> recorder;
    private final InstantSource clock;
    private final MetricRegistry metrics;
    private final RefusalBounds bounds = new RefusalBounds();

    /** @param recorder keeps an event without waiting */
    Audit(Consumer<AuditEvent> recorder, InstantSource clock, MetricRegistry metrics) {
        this.recorder = recorder;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Notes the reason code of the problem that a request is answered with. */
    public static void noteReason(Context context, String reason) {
        context.attribute(REASON, reason);
    }

    /** Notes which key a request made or changed. */
    public static void noteSubject(Context context, String keyId) {
        context.attribute(SUBJECT, keyId);
    }

    /** After a request on a route: keeps what has to be kept of it. */
    void answered(Context context) {
        if (REFUSALS.contains(context.status())) {
            refused(context);
        } else if (context.routeRoles().contains(Access.ADMIN_WRITE)) {
            recorder.accept(event(context)
                    .setAction(context.method() + " " + routeOf(context))
                    .build());
        }
    }

    private void refused(Context context) {
        metrics.counter("access_refused_total{reason=\"" + reasonOf(context) + "\"}")
                .inc();
        if (bounds.admits(context.ip())) {
            recorder.accept(event(context)
                    .setAction(REFUSED)
                    .setUnrecorded(bounds.takeUnrecorded())
                    .build());
        }
    }

    private AuditEvent.Builder event(Context context) {
        return AuditEvent.newBuilder()
                .setOccurredAt(clock.instant())
                .setKeyId(Caller.keyIdOf(context))
                .setAddress(context.ip())
                .setStatus(context.statusCode())
                .setReason(reasonOf(context))
                .setRequestId(RequestId.of(context))
                .setAccount(accountOf(context))
                .setSubject(context.attribute(SUBJECT));
    }

    private static String reasonOf(Context context) {
        return context.attribute(REASON);
    }

    /** As it is defined, with the names of its parameters: what a caller may choose is bounded by their own rules. */
    private static String routeOf(Context context) {
        var endpoint = context.endpoints().matchedHttpEndpoint();
        return endpoint == null ? "" : endpoint.path;
    }

    private static String accountOf(Context context) {
        var account = context.pathParamMap().get(KeyGate.ACCOUNT);
        return account == null || RequestId.isWellFormed(account) ? account : null;
    }
}
