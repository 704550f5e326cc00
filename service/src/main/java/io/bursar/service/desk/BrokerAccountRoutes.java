package io.bursar.service.desk;

import io.bursar.brokers.Brokers;
import io.bursar.desk.BrokerAccountIds;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.DeleteBrokerAccount;
import io.bursar.schemas.ResetBrokerAccountErrors;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.service.http.Access;
import io.bursar.service.http.Cursor;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Caller;
import io.bursar.service.view.BrokerAccountView;
import io.bursar.vault.OlderForm;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Broker accounts: made, shown, changed and deleted. */
final class BrokerAccountRoutes {
    static final String ACCOUNTS = "/api/v1/broker-accounts";
    static final String ACCOUNT = ACCOUNTS + "/{" + Parameters.BROKER_ACCOUNT + "}";

    private static final String LIST = "broker-accounts";
    private static final String OWNER = "owner";
    private static final String BROKER = "broker";
    private static final String ENVIRONMENT = "environment";
    private static final String FORCE = "force";
    private static final Comparator<BrokerAccount> NEWEST_FIRST =
            Comparator.comparing(BrokerAccount::getCreatedAt).reversed().thenComparing(BrokerAccount::getId);

    private final DeskCommands commands;
    private final Brokers brokers;
    private final Secrets secrets;
    private final Optional<OlderForm> older;
    private final Function<String, List<String>> boundKeys;

    /**
     * @param older opens secrets in the older form
     * @param boundKeys ids of the API keys in force that are bound to an account
     */
    BrokerAccountRoutes(
            DeskCommands commands,
            Brokers brokers,
            Secrets secrets,
            Optional<OlderForm> older,
            Function<String, List<String>> boundKeys) {
        this.commands = commands;
        this.brokers = brokers;
        this.secrets = secrets;
        this.older = older;
        this.boundKeys = boundKeys;
    }

    void addTo(RoutesConfig routes) {
        Routes.send(routes, HandlerType.POST, ACCOUNTS, Access.ADMIN_WRITE, this::create);
        Routes.get(
                routes,
                ACCOUNTS,
                Access.ADMIN_READ,
                this::list,
                Parameters.STATUS,
                OWNER,
                BROKER,
                ENVIRONMENT,
                Parameters.LIMIT,
                Parameters.CURSOR);
        Routes.get(routes, ACCOUNT, Access.ACCOUNT_READ, this::show);
        Routes.send(routes, HandlerType.PATCH, ACCOUNT, Access.ADMIN_WRITE, this::change);
        Routes.send(routes, HandlerType.DELETE, ACCOUNT, Access.ADMIN_WRITE, this::delete, FORCE);
        Routes.send(routes, HandlerType.PUT, ACCOUNT + "/status", Access.ADMIN_WRITE, this::setStatus);
        Routes.send(routes, HandlerType.DELETE, ACCOUNT + "/errors", Access.ADMIN_WRITE, this::resetErrors);
    }

    /** The id in the path. */
    static String id(Context context) {
        return Parameters.id(context, Parameters.BROKER_ACCOUNT, BrokerAccountIds.MAX_LENGTH);
    }

    private void create(Context context) throws InterruptedException {
        var request = new BrokerAccountRequest(brokers, secrets, older);
        var creation = request.creation(Fields.of(RequestBody.ofCommand(context)));
        if (creation == null) {
            DeskCommands.refuse(context, DeskProblem.of(null, request.faults().faults()));
            return;
        }
        var id = BrokerAccountIds.of(creation.getBroker(), creation.getEnvironment(), creation.getNumber());
        Caller.of(context).requireAccount(id);
        if (commands.send(context, id, commands.command(context, id, creation)).isPresent()) {
            context.status(HttpStatus.CREATED);
            context.header(Header.LOCATION, ACCOUNTS + "/" + id);
            answer(context, id);
        }
    }

    private void list(Context context) {
        var status = context.queryParam(Parameters.STATUS);
        var wanted = status == null || status.equals("ALL")
                ? null
                : Fields.symbol(Parameters.STATUS, status, BrokerAccountStatus.class);
        var environment = context.queryParam(ENVIRONMENT);
        var inEnvironment =
                environment == null ? null : Fields.symbol(ENVIRONMENT, environment, BrokerEnvironment.class);
        var caller = Caller.of(context);
        int limit = Parameters.limit(context);
        var after = place(context);
        var found = commands.desk().copy().accounts().stream()
                .filter(account -> caller.mayUse(account.getId()))
                .filter(account -> status == null
                        ? account.getStatus() == BrokerAccountStatus.ACTIVE
                        : wanted == null || account.getStatus() == wanted)
                .filter(account -> inEnvironment == null || account.getEnvironment() == inEnvironment)
                .filter(account -> isAsked(context, OWNER, account.getOwner()))
                .filter(account -> isAsked(context, BROKER, account.getBroker()))
                .sorted(NEWEST_FIRST)
                .filter(account -> after.isEmpty() || after.get().isBefore(account))
                .limit(limit + 1L)
                .toList();
        var now = commands.now();
        var views = found.stream()
                .limit(limit)
                .map(account -> BrokerAccountView.of(account, now))
                .toList();
        var next = found.size() > limit ? cursor(found.get(limit - 1)) : null;
        Json.answer(context, new BrokerAccountView.Listing(views, next));
    }

    private static boolean isAsked(Context context, String parameter, String value) {
        var asked = context.queryParam(parameter);
        return asked == null || asked.equals(value);
    }

    /** Where a list goes on: after this account, whether it is still there or not. */
    private record Place(Instant createdAt, String id) {
        boolean isBefore(BrokerAccount account) {
            int order = account.getCreatedAt().compareTo(createdAt);
            return order < 0 || (order == 0 && account.getId().compareTo(id) > 0);
        }
    }

    private static String cursor(BrokerAccount last) {
        return Cursor.of(LIST, last.getCreatedAt(), last.getId());
    }

    private static Optional<Place> place(Context context) {
        return Cursor.parts(context, LIST, 2).map(parts -> {
            try {
                return new Place(Instant.parse(parts.getFirst()), parts.get(1));
            } catch (DateTimeParseException e) {
                throw Cursor.invalid(context);
            }
        });
    }

    private void show(Context context) {
        answer(context, id(context));
    }

    private void change(Context context) throws InterruptedException {
        var id = id(context);
        var request = new BrokerAccountRequest(brokers, secrets, older);
        var fields = Fields.of(RequestBody.ofCommand(context));
        var change = request.change(commands.account(id), fields);
        if (change == null) {
            DeskCommands.refuse(context, DeskProblem.of(id, request.faults().faults()));
            return;
        }
        fields.requireAny();
        sendAndAnswer(context, id, change);
    }

    private void setStatus(Context context) throws InterruptedException {
        var fields = Fields.of(RequestBody.ofCommand(context));
        var status = fields.symbol("status", BrokerAccountStatus.class);
        var reason = fields.optionalText("reason", Fields.MAX_REASON);
        fields.requireNoOthers();
        sendAndAnswer(context, id(context), new SetBrokerAccountStatus(status, reason));
    }

    private void resetErrors(Context context) throws InterruptedException {
        sendAndAnswer(context, id(context), new ResetBrokerAccountErrors());
    }

    private void delete(Context context) throws InterruptedException {
        var id = id(context);
        var bound = boundKeys.apply(id);
        if (!bound.isEmpty() && !Parameters.flag(context, FORCE)) {
            throw new ProblemException(Problem.of(
                    HttpStatus.CONFLICT,
                    "api_keys_are_bound",
                    "API keys are bound to " + id + ": " + String.join(", ", bound)
                            + "; force=true deletes it all the same"));
        }
        if (commands.send(context, id, commands.command(context, id, new DeleteBrokerAccount()))
                .isPresent()) {
            Json.answer(context, new Deleted(id, "deleted"));
        }
    }

    private record Deleted(String accountId, String outcome) {}

    private void sendAndAnswer(Context context, String id, Object body) throws InterruptedException {
        if (commands.send(context, id, commands.command(context, id, body)).isPresent()) {
            answer(context, id);
        }
    }

    private void answer(Context context, String id) {
        Json.answer(context, BrokerAccountView.of(commands.account(id), commands.now()));
    }
}
