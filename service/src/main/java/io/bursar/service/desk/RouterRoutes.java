package io.bursar.service.desk;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerAccountIds;
import io.bursar.desk.RouteRefusal;
import io.bursar.desk.RouteRequest;
import io.bursar.desk.RouteRules;
import io.bursar.desk.Router;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.OperationReport;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Json;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Audit;
import io.bursar.service.security.Caller;
import io.bursar.service.view.RouteView;
import io.bursar.service.view.RoutingView;
import io.bursar.service.view.UsageView;
import io.bursar.topology.commands.NotWrittenException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Which broker account to use for what, and what has become of it. What is given is published in the background. */
final class RouterRoutes implements AutoCloseable {
    /** How long a request waits for tokens, however many accounts it tries. */
    private static final Duration TOKENS_WITHIN = Duration.ofSeconds(5);

    private final DeskCommands commands;
    private final TokensOnDemand tokens;
    private final Router router = new Router(UUID.randomUUID().toString());
    private final RoutingPublisher publisher;

    RouterRoutes(DeskCommands commands, MetricRegistry metrics) {
        this.commands = commands;
        this.tokens = new TokensOnDemand(commands);
        this.publisher = new RoutingPublisher(router, commands, metrics);
    }

    void addTo(RoutesConfig routes) {
        Routes.send(routes, HandlerType.POST, "/api/v1/route", Access.TRADE_READ, this::route);
        Routes.send(routes, HandlerType.POST, "/api/v1/operations", Access.TRADE_WRITE, this::report);
        Routes.get(routes, BrokerAccountRoutes.ACCOUNT + "/usage", Access.ACCOUNT_READ, this::usage);
        Routes.get(routes, "/api/v1/routing", Access.ADMIN_READ, this::routing);
    }

    private void route(Context context) throws InterruptedException {
        var request = RouteBody.request(Fields.of(RequestBody.ofCommand(context)));
        var route = router.route(accountsOf(Caller.of(context)), request, commands.now(), ThreadLocalRandom.current());
        Map<RouteRefusal, Integer> refused = new EnumMap<>(RouteRefusal.class);
        refused.putAll(route.refused());
        List<RouteView.Tried> tried = new ArrayList<>();
        long started = System.nanoTime();
        for (var candidate : route.candidates()) {
            var account = tokens.withToken(candidate.account(), TOKENS_WITHIN.minusNanos(System.nanoTime() - started));
            var refusal = refusal(account, request);
            if (refusal.isEmpty()) {
                router.give(route, candidate, commands.now());
                Json.answer(context, RouteView.of(route, candidate, account.orElseThrow(), tried));
                return;
            }
            refused.merge(refusal.get(), 1, Integer::sum);
            tried.add(new RouteView.Tried(
                    candidate.account().getId(), refusal.get().code()));
        }
        Audit.noteReason(context, NoAccountProblem.REASON);
        context.status(HttpStatus.CONFLICT);
        Json.answer(context, NoAccountProblem.of(request.operation(), refused), Problem.CONTENT_TYPE);
    }

    /** An account may have changed while its token was waited for. */
    private static Optional<RouteRefusal> refusal(Optional<BrokerAccount> withToken, RouteRequest request) {
        return withToken.isEmpty()
                ? Optional.of(RouteRefusal.TOKEN_NOT_VALID)
                : RouteRules.refusal(withToken.get(), request);
    }

    private List<BrokerAccount> accountsOf(Caller caller) {
        return commands.desk().copy().accounts().stream()
                .filter(account -> caller.mayUse(account.getId()))
                .toList();
    }

    private record Reported(String accountId, String outcome) {}

    private void report(Context context) throws InterruptedException {
        var fields = Fields.of(RequestBody.ofCommand(context));
        var id = fields.id("accountId", BrokerAccountIds.MAX_LENGTH);
        var outcome = RouteBody.outcome(fields);
        Caller.of(context).requireAccount(id);
        var report = new OperationReport(commands.account(id).getId(), commands.now(), outcome);
        try {
            commands.desk().publish(report);
        } catch (NotWrittenException e) {
            throw new ProblemException(Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "not_written",
                    e.getMessage() + "; sent again, the operation may count twice"));
        }
        context.status(HttpStatus.ACCEPTED);
        Json.answer(context, new Reported(id, "reported"));
    }

    private void usage(Context context) {
        var account = commands.account(BrokerAccountRoutes.id(context));
        Json.answer(context, UsageView.of(account, router, commands.now()));
    }

    private void routing(Context context) {
        Json.answer(context, RoutingView.of(accountsOf(Caller.of(context)), router, commands.now()));
    }

    /** Tells the desk at once what has been given, as far as it can be told. */
    void publish() throws InterruptedException {
        publisher.publish();
    }

    /** Publishes no more. */
    @Override
    public void close() {
        publisher.close();
    }
}
