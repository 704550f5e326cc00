package io.bursar.service;

import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.service.history.HistoryUnavailableException;
import io.bursar.service.http.Json;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.security.Audit;
import io.bursar.service.security.RequestId;
import io.bursar.topology.OwnedElsewhereException;
import io.bursar.topology.UnavailableException;
import io.bursar.topology.commands.NotWrittenException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which answer each failure of a request gets. */
final class Problems {
    /** A restart or a move to another instance takes seconds. */
    static final String RETRY_AFTER_SECONDS = "1";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void addTo(RoutesConfig routes, Forwarder forwarder) {
        routes.exception(ProblemException.class, (failure, context) -> answer(context, failure.problem()));
        routes.exception(UnavailableException.class, Problems::unavailable);
        routes.exception(OwnedElsewhereException.class, (failure, context) -> elsewhere(failure, context, forwarder));
        routes.exception(HistoryUnavailableException.class, Problems::databaseUnavailable);
        routes.exception(RegistryUnavailableException.class, Problems::registryUnavailable);
        routes.exception(NotWrittenException.class, Problems::notWritten);
        routes.exception(InterruptedException.class, Problems::stopping);
        routes.exception(MethodNotAllowedResponse.class, Problems::methodNotAllowed);
        routes.exception(HttpResponseException.class, Problems::refused);
        routes.exception(Exception.class, Problems::failed);
    }

    /** The code of a problem that has no other reason than its status. */
    static String reasonOf(HttpStatus status) {
        return status.getMessage().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
    }

    private static void unavailable(UnavailableException failure, Context context) {
        answer(context, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "partition_not_ready", failure.getMessage()));
    }

    private static void registryUnavailable(RegistryUnavailableException failure, Context context) {
        answer(context, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "registry_unavailable", failure.getMessage()));
    }

    private static void notWritten(NotWrittenException failure, Context context) {
        answer(
                context,
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "not_written",
                        failure.getMessage()
                                + "; sent again under the same Idempotency-Key it takes effect once at most"));
    }

    /** Threads of requests are interrupted when the server stops, and never else. */
    private static void stopping(InterruptedException failure, Context context) {
        answer(
                context,
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "instance_stops",
                        "this instance stops and waits for no decision; sent again under the same Idempotency-Key the"
                                + " request takes effect once at most"));
    }

    private static void databaseUnavailable(HistoryUnavailableException failure, Context context) {
        LOG.warn("{} {}: {}", context.method(), context.path(), failure.getMessage(), failure.getCause());
        answer(
                context,
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database_unavailable",
                        failure.getMessage() + "; the cause is in the log of this instance"));
    }

    private static void elsewhere(OwnedElsewhereException failure, Context context, Forwarder forwarder) {
        try {
            forwarder.forward(context, failure.owner());
        } catch (ProblemException e) {
            answer(context, e.problem());
        }
    }

    private static void methodNotAllowed(MethodNotAllowedResponse failure, Context context) {
        // Javalin lists those that the path takes.
        var allowed = failure.getDetails().getOrDefault("availableMethods", "");
        context.header(Header.ALLOW, allowed);
        answer(
                context,
                Problem.of(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "method_not_allowed",
                        context.method() + " is not allowed here: the path takes " + allowed));
    }

    private static void refused(HttpResponseException failure, Context context) {
        var status = HttpStatus.forStatus(failure.getStatus());
        var problem = status == HttpStatus.NOT_FOUND
                ? Problem.of(status, "route_not_found", "nothing is served at this path")
                : Problem.of(status, reasonOf(status), status.getMessage());
        answer(context, problem);
    }

    private static void failed(Exception failure, Context context) {
        LOG.error("{} {} failed, request {}", context.method(), context.path(), RequestId.of(context), failure);
        answer(
                context,
                Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal_error",
                        "the request failed; the cause is in the log of this instance"));
    }

    private static void answer(Context context, Problem problem) {
        Audit.noteReason(context, problem.reason());
        if (problem.status() == HttpStatus.UNAUTHORIZED.getCode()) {
            context.header(Header.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
            context.header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        context.status(problem.status());
        Json.answer(context, problem, Problem.CONTENT_TYPE);
    }
}
