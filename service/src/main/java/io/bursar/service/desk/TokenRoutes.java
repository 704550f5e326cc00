package io.bursar.service.desk;

import io.bursar.brokers.BrokerException;
import io.bursar.brokers.Brokers;
import io.bursar.brokers.TokenCheck;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.RefreshCancelled;
import io.bursar.schemas.RefreshRequested;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.schemas.Reply;
import io.bursar.schemas.TokenRevoked;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Caller;
import io.bursar.service.view.BrokerAccountView;
import io.bursar.service.view.TokenRefreshView;
import io.bursar.vault.Secret;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The tokens of broker accounts: brought, renewed, revoked, looked at; never shown. */
final class TokenRoutes {
    private static final String TOKEN = BrokerAccountRoutes.ACCOUNT + "/token";
    private static final String REFRESHES = TOKEN + "/refreshes";
    private static final String ACCESS = "accessToken";
    private static final String REFRESH = "refreshToken";
    private static final String DAYS = "days";
    private static final int MAX_TOKEN = 16_384;
    private static final int DEFAULT_DAYS = 7;
    private static final int MOST_DAYS = 365;
    private static final Duration BULK_PATIENCE = Duration.ofSeconds(5);

    private final DeskCommands commands;
    private final Brokers brokers;
    private final Secrets secrets;
    private final Duration callTimeout;

    /** @param callTimeout of a call to a broker */
    TokenRoutes(DeskCommands commands, Brokers brokers, Secrets secrets, Duration callTimeout) {
        this.commands = commands;
        this.brokers = brokers;
        this.secrets = secrets;
        this.callTimeout = callTimeout;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(routes, TOKEN, Access.ACCOUNT_READ, this::show);
        Routes.send(routes, HandlerType.PUT, TOKEN, Access.ADMIN_WRITE, this::issue);
        Routes.send(routes, HandlerType.DELETE, TOKEN, Access.ADMIN_WRITE, this::revoke);
        Routes.send(routes, HandlerType.POST, TOKEN + "/validation", Access.ADMIN_WRITE, this::validate);
        Routes.get(routes, REFRESHES, Access.ACCOUNT_READ, this::history, Parameters.LIMIT);
        Routes.send(routes, HandlerType.POST, REFRESHES, Access.ADMIN_WRITE, this::refresh);
        Routes.send(routes, HandlerType.DELETE, REFRESHES + "/{number}", Access.ADMIN_WRITE, this::cancel);
        Routes.get(routes, TOKEN + "/statistics", Access.ACCOUNT_READ, this::statistics, DAYS);
        Routes.send(routes, HandlerType.POST, "/api/v1/token-refreshes", Access.ADMIN_WRITE, this::refreshAll);
    }

    private void show(Context context) {
        answer(context, BrokerAccountRoutes.id(context));
    }

    private void issue(Context context) throws InterruptedException {
        var id = BrokerAccountRoutes.id(context);
        var token = newToken(commands.account(id), Fields.of(RequestBody.ofCommand(context)));
        if (commands.send(context, id, commands.event(context, id, token)).isPresent()) {
            answer(context, id);
        }
    }

    private NewToken newToken(BrokerAccount account, Fields fields) {
        try (var access = secret(fields, ACCESS);
                var refresh = fields.has(REFRESH) ? secret(fields, REFRESH) : null) {
            var issuedAt = fields.optionalInstant("issuedAt");
            var expiresAt = fields.optionalInstant("expiresAt");
            fields.requireNoOthers();
            return secrets.seal(
                    account.getId(),
                    account.getLastTokenVersion() + 1,
                    access.bytes(),
                    refresh == null ? null : refresh.bytes(),
                    issuedAt == null ? commands.now() : issuedAt,
                    expiresAt == null ? expiry(account, access.bytes()) : expiresAt);
        }
    }

    private static Secret secret(Fields fields, String name) {
        var text = fields.text(name, MAX_TOKEN);
        if (text.isBlank()) {
            throw new ProblemException(Problem.missingField(name));
        }
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    private Instant expiry(BrokerAccount account, byte[] token) {
        return brokers.broker(account.getBroker())
                .flatMap(broker -> broker.expiryOf(token))
                .orElse(null);
    }

    private void revoke(Context context) throws InterruptedException {
        var id = BrokerAccountRoutes.id(context);
        if (commands.send(context, id, commands.event(context, id, new TokenRevoked(null)))
                .isPresent()) {
            answer(context, id);
        }
    }

    private void refresh(Context context) throws InterruptedException {
        var id = BrokerAccountRoutes.id(context);
        var fields = Fields.of(RequestBody.ofCommand(context));
        boolean force = fields.flag("force");
        fields.requireNoOthers();
        if (commands.send(context, id, commands.event(context, id, manual(force)))
                .isPresent()) {
            context.status(HttpStatus.ACCEPTED);
            answer(context, id);
        }
    }

    private static RefreshRequested manual(boolean force) {
        return RefreshRequested.newBuilder()
                .setTrigger(RefreshTrigger.MANUAL)
                .setForce(force)
                .build();
    }

    private void cancel(Context context) throws InterruptedException {
        var id = BrokerAccountRoutes.id(context);
        var text = context.pathParam("number");
        var number = Parameters.sequence(text)
                .orElseThrow(() ->
                        new ProblemException(Problem.invalid("number", text, "the number of a refresh, from 1 on")));
        var cancelled = new RefreshCancelled(number, "cancelled_by_request");
        if (commands.send(context, id, commands.event(context, id, cancelled)).isPresent()) {
            answer(context, id);
        }
    }

    private void history(Context context) {
        var id = commands.account(BrokerAccountRoutes.id(context)).getId();
        var views = commands.desk().copy().refreshes(id).stream()
                .limit(Parameters.limit(context))
                .map(TokenRefreshView::of)
                .toList();
        Json.answer(context, new TokenRefreshView.Listing(id, views));
    }

    private void statistics(Context context) {
        var id = commands.account(BrokerAccountRoutes.id(context)).getId();
        int days = Parameters.whole(context, DAYS, 1, MOST_DAYS, DEFAULT_DAYS);
        var since = commands.now().minus(Duration.ofDays(days));
        Json.answer(
                context,
                RefreshStatistics.of(id, days, since, commands.desk().copy().refreshes(id)));
    }

    /**
     * What the broker says of the token.
     *
     * @param verdict VALID, INVALID, or UNKNOWN when the broker cannot be asked
     * @param code why it could not be asked
     */
    private record Validation(String accountId, String verdict, String code, BrokerAccountView.Token token) {}

    private void validate(Context context) {
        var account = commands.account(BrokerAccountRoutes.id(context));
        var token = BrokerAccountView.token(account, commands.now());
        if (!token.status().equals("VALID")) {
            Json.answer(context, new Validation(account.getId(), "INVALID", null, token));
            return;
        }
        var broker = brokers.broker(account.getBroker())
                .orElseThrow(() -> new ProblemException(Problem.of(
                        HttpStatus.CONFLICT,
                        "broker_unknown",
                        "broker " + account.getBroker() + " is not set at this instance")));
        try (var login = Logins.of(account, secrets)) {
            var check = broker.check(login, callTimeout);
            Json.answer(context, new Validation(account.getId(), verdict(check), null, token));
        } catch (BrokerException e) {
            Json.answer(context, new Validation(account.getId(), "UNKNOWN", e.code(), token));
        }
    }

    private static String verdict(TokenCheck check) {
        return switch (check) {
            case ACCEPTED, NOT_ASKED -> "VALID";
            case REFUSED -> "INVALID";
        };
    }

    /** @param reason null when a refresh was begun */
    private record Requested(String accountId, String reason, String detail) {}

    /** @param begun how many refreshes were begun */
    private record Bulk(int begun, List<Requested> accounts) {}

    private void refreshAll(Context context) throws InterruptedException {
        var fields = Fields.of(RequestBody.ofCommand(context));
        var owner = fields.optionalText("owner", Fields.MAX_TEXT);
        var broker = fields.optionalText("broker", Fields.MAX_TEXT);
        var environment = fields.symbol("environment", BrokerEnvironment.class, null);
        boolean force = fields.flag("force");
        fields.requireNoOthers();
        var caller = Caller.of(context);
        List<Requested> answers = new ArrayList<>();
        for (var account : List.copyOf(commands.desk().copy().accounts())) {
            if (caller.mayUse(account.getId())
                    && account.getUsesTokens()
                    && account.getStatus() == BrokerAccountStatus.ACTIVE
                    && (owner == null || owner.equals(account.getOwner()))
                    && (broker == null || broker.equals(account.getBroker()))
                    && (environment == null || environment == account.getEnvironment())) {
                answers.add(request(account.getId(), force));
            }
        }
        int begun =
                (int) answers.stream().filter(answer -> answer.reason() == null).count();
        context.status(HttpStatus.ACCEPTED);
        Json.answer(context, new Bulk(begun, answers));
    }

    private Requested request(String id, boolean force) throws InterruptedException {
        try {
            Reply reply = commands.desk().ask(commands.event(id, manual(force)), null, BULK_PATIENCE);
            return new Requested(id, reply.getReason(), reply.getDetail());
        } catch (TimeoutException e) {
            return new Requested(id, "undecided", "no decision came within " + BULK_PATIENCE.toSeconds() + " s");
        }
    }

    private void answer(Context context, String id) {
        Json.answer(context, BrokerAccountView.token(commands.account(id), commands.now()));
    }
}
