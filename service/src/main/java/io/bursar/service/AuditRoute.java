package io.bursar.service;

import io.bursar.desk.BrokerAccountIds;
import io.bursar.schemas.AuditResult;
import io.bursar.schemas.AuditSeverity;
import io.bursar.service.history.AuditEntry;
import io.bursar.service.history.AuditPlace;
import io.bursar.service.history.AuditQuery;
import io.bursar.service.history.History;
import io.bursar.service.http.Access;
import io.bursar.service.http.Cursor;
import io.bursar.service.http.Ids;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Caller;
import io.bursar.service.view.AuditView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who did what, from the database. Any instance answers. */
final class AuditRoute {
    private static final String LIST = "audit";
    private static final String HOURS = "hours";
    private static final String KIND = "kind";
    private static final String SEVERITY = "severity";
    private static final String RESULT = "result";
    private static final String KEY_ID = "key-id";
    private static final String ACCOUNT = "account";
    private static final String BROKER_ACCOUNT = "broker-account";

    private static final int DEFAULT_HOURS = 24;
    private static final int MOST_HOURS = 720;

    private final Optional<History> history;
    private final InstantSource clock;

    /** @param history empty when there is no database */
    AuditRoute(Optional<History> history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(
                routes,
                "/api/v1/audit",
                Access.ADMIN_READ,
                this::events,
                HOURS,
                KIND,
                SEVERITY,
                RESULT,
                KEY_ID,
                ACCOUNT,
                BROKER_ACCOUNT,
                Parameters.LIMIT,
                Parameters.CURSOR);
    }

    private void events(Context context) {
        // Events are of all accounts, and of keys.
        Caller.of(context).requireAllOf(List.of());
        int limit = Parameters.limit(context);
        var query = new AuditQuery(
                clock.instant().minus(Duration.ofHours(hours(context))),
                Parameters.queryId(context, KIND, Ids.MAX_LENGTH),
                oneOf(context, SEVERITY, AuditSeverity.values()),
                oneOf(context, RESULT, AuditResult.values()),
                Parameters.queryId(context, KEY_ID, Ids.MAX_LENGTH),
                Parameters.queryId(context, ACCOUNT, Ids.MAX_LENGTH),
                Parameters.queryId(context, BROKER_ACCOUNT, BrokerAccountIds.MAX_LENGTH),
                place(context),
                limit + 1);
        var events = HistoryRoutes.required(history).audit(query);
        var page = events.subList(0, Math.min(limit, events.size()));
        var views = page.stream().map(AuditEntry::view).toList();
        Json.answer(context, new AuditView.Listing(views, events.size() > limit ? cursor(page.getLast()) : null));
    }

    private static String cursor(AuditEntry last) {
        var place = last.place();
        return Cursor.of(LIST, place.occurredAt(), place.partition(), place.offset());
    }

    private static Optional<AuditPlace> place(Context context) {
        try {
            return Cursor.parts(context, LIST, 3)
                    .map(parts -> new AuditPlace(
                            Instant.parse(parts.get(0)),
                            Parameters.wholeNumber(parts.get(1)).orElseThrow(() -> Cursor.invalid(context)),
                            Parameters.sequence(parts.get(2)).orElseThrow(() -> Cursor.invalid(context))));
        } catch (DateTimeParseException notOurs) {
            throw Cursor.invalid(context);
        }
    }

    private static int hours(Context context) {
        var text = context.queryParam(HOURS);
        if (text == null) {
            return DEFAULT_HOURS;
        }
        int hours = Parameters.wholeNumber(text).orElse(0);
        if (hours < 1 || hours > MOST_HOURS) {
            throw new ProblemException(Problem.invalid(HOURS, text, "a whole number from 1 to " + MOST_HOURS));
        }
        return hours;
    }

    private static Optional<String> oneOf(Context context, String name, Enum<?>[] allowed) {
        var given = Optional.ofNullable(context.queryParam(name));
        given.filter(text ->
                        Arrays.stream(allowed).noneMatch(each -> each.name().equals(text)))
                .ifPresent(text -> {
                    var rule = Arrays.stream(allowed).map(Enum::name).collect(Collectors.joining(", "));
                    throw new ProblemException(Problem.invalid(name, text, "one of " + rule));
                });
        return given;
    }
}
