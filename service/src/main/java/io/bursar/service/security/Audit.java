package io.bursar.service.security;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerAccountIds;
import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.AuditResult;
import io.bursar.schemas.AuditSeverity;
import io.bursar.service.http.Access;
import io.bursar.service.http.Ids;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The record of who changed what as an administrator, and of who was refused. Never waits for Kafka. Thread-safe; what is
 * noted of a request is noted by its own thread.
 */
public final class Audit {
    private static final String REASON = "bursar.reason";
    private static final String SUBJECT = "bursar.subject";
    private static final String ACCOUNT = "bursar.account";
    private static final String BROKER_ACCOUNT = "bursar.broker-account";
    private static final String ITEMS = "bursar.items";

    private static final String REFUSED = "access.refused";
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final Set<HttpStatus> REFUSALS =
            Set.of(HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN, HttpStatus.TOO_MANY_REQUESTS);

    private record Item(String action, String account, int status, String reason) {
        boolean isRefusal() {
            return REFUSALS.contains(HttpStatus.forStatus(status));
        }

        AuditResult result() {
            if (status >= SERVER_ERROR) {
                return AuditResult.FAILURE;
            }
            return status >= BAD_REQUEST ? AuditResult.REFUSED : AuditResult.SUCCESS;
        }

        AuditSeverity severity() {
            if (status >= SERVER_ERROR) {
                return AuditSeverity.ERROR;
            }
            return isRefusal() ? AuditSeverity.WARNING : AuditSeverity.INFO;
        }
    }

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

    /** Notes which account a request is about, where the route does not say so. */
    public static void noteAccount(Context context, String accountId) {
        context.attribute(ACCOUNT, accountId);
    }

    /** Notes which broker account a request is about, where the route does not say so. */
    public static void noteBrokerAccount(Context context, String brokerAccountId) {
        context.attribute(BROKER_ACCOUNT, brokerAccountId);
    }

    /**
     * Notes a command of an administrator that is one of several in a request.
     *
     * @param action method and route, as if it were alone
     * @param status as if it were alone
     * @param reason null when it was accepted
     */
    public static void noteItem(Context context, String action, String accountId, int status, String reason) {
        itemsOf(context).add(new Item(action, accountId, status, reason));
    }

    /** Notes why one of several commands in a request was not sent; it counts if the caller may not send it. */
    public static void noteRefusedItem(Context context, Problem problem) {
        var item = new Item(REFUSED, null, problem.status(), problem.reason());
        if (item.isRefusal()) {
            itemsOf(context).add(item);
        }
    }

    private static List<Item> itemsOf(Context context) {
        List<Item> items = context.attribute(ITEMS);
        if (items == null) {
            items = new ArrayList<>();
            context.attribute(ITEMS, items);
        }
        return items;
    }

    /** After a request on a route: keeps what has to be kept of it. */
    void answered(Context context) {
        itemsOf(context).forEach(item -> keep(context, item));
        var whole = new Item(
                actionOf(context),
                idOf(context, ACCOUNT, Parameters.ACCOUNT, Ids.MAX_LENGTH),
                context.statusCode(),
                context.attribute(REASON));
        if (whole.isRefusal() || context.routeRoles().contains(Access.ADMIN_WRITE)) {
            keep(context, whole);
        }
    }

    private void keep(Context context, Item item) {
        if (!item.isRefusal()) {
            recorder.accept(event(context, item).build());
            return;
        }
        metrics.counter("access_refused_total{reason=\"" + item.reason() + "\"}")
                .inc();
        if (bounds.admits(context.ip())) {
            recorder.accept(event(context, item)
                    .setAction(REFUSED)
                    .setKind(AuditKinds.ACCESS_REFUSED)
                    .setUnrecorded(bounds.takeUnrecorded())
                    .build());
        }
    }

    private AuditEvent.Builder event(Context context, Item item) {
        return AuditEvent.newBuilder()
                .setOccurredAt(clock.instant())
                .setKeyId(Caller.keyIdOf(context))
                .setAddress(context.ip())
                .setAction(item.action())
                .setKind(AuditKinds.of(item.action()))
                .setSeverity(item.severity())
                .setResult(item.result())
                .setStatus(item.status())
                .setReason(item.reason())
                .setRequestId(RequestId.of(context))
                .setAccount(item.account())
                .setBrokerAccount(idOf(context, BROKER_ACCOUNT, Parameters.BROKER_ACCOUNT, BrokerAccountIds.MAX_LENGTH))
                .setSubject(context.attribute(SUBJECT));
    }

    /** With the route as it is defined: what a caller writes in its place has no bound. */
    private static String actionOf(Context context) {
        var endpoint = context.endpoints().matchedHttpEndpoint();
        return context.method() + " " + (endpoint == null ? "" : endpoint.path);
    }

    /** What was noted, or stands in the route; null when there is neither, or what no id can be. */
    private static String idOf(Context context, String noted, String parameter, int maxLength) {
        String id = context.attribute(noted);
        var found = id == null ? context.pathParamMap().get(parameter) : id;
        return found != null && Ids.isValid(found, maxLength) ? found : null;
    }
}
