package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.OperationCounts;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.ResetBrokerAccountErrors;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRevoked;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** One scenario, on a desk of its own. A step is about the account that {@code of} names, or about the only one. */
final class ScenarioPlay {
    /** How often instances tell the desk what they have given. */
    private static final Duration PUBLISHED_EVERY = Duration.ofMillis(200);

    private final Told told = new Told();
    private final RoutingPlay routing = new RoutingPlay(told);
    private final Map<String, String> ids = new HashMap<>();

    void run(List<Step> steps) {
        steps.forEach(this::run);
    }

    private void run(Step step) {
        switch (step.verb()) {
            case "open" -> step.texts(step.has("number") ? "number" : "open").forEach(number -> open(number, step));
            case "pass" -> pass(step.duration("pass"));
            case "repeat" -> {
                for (int i = 0; i < step.number("repeat"); i++) {
                    run(step.steps("steps"));
                }
            }
            case "attempt" -> {
                accepted(told.start(told.call(id(step)), step.text("by")));
                end(step);
            }
            case "start" -> answered(told.start(told.call(id(step)), step.text("by")), step);
            case "succeed" -> end(step);
            case "request" -> answered(told.request(id(step), step.flag("force")), step);
            case "reset" -> accepted(told.command(id(step.text("reset")), new ResetBrokerAccountErrors()));
            case "status" ->
                accepted(told.command(
                        id(step), new SetBrokerAccountStatus(BrokerAccountStatus.valueOf(step.text("is")), null)));
            case "revoke" -> accepted(told.event(id(step.text("revoke")), new TokenRevoked(null)));
            case "report" -> accepted(told.report(id(step), outcome(step)));
            case "bring" ->
                accepted(told.event(
                        id(step), told.token(account(step).getLastTokenVersion() + 1, step.duration("lives"))));
            case "route" -> routing.ask(step, this::run);
            case "chance" -> routing.begin(step.number("chance"));
            case "restart" -> restart(step.text("restart"));
            case "expect" -> expect(step);
            default -> throw new IllegalArgumentException("no step is called " + step.verb());
        }
        step.requireAllRead();
    }

    private void open(String number, Step step) {
        var id = step.has("token")
                ? told.openWithToken(number, step.duration("token"), creation -> describe(creation, step))
                : told.open(number, creation -> describe(creation, step));
        told.tick();
        assertThat(ids.put(number, id)).as("another account " + number).isNull();
    }

    private static void describe(CreateBrokerAccount.Builder creation, Step step) {
        step.symbol("environment", BrokerEnvironment.class).ifPresent(creation::setEnvironment);
        step.symbol("type", BrokerAccountType.class).ifPresent(creation::setType);
        creation.setOwner(step.text("owner", creation.getOwner()));
        if (step.has("permissions")) {
            creation.setPermissions(step.texts("permissions"));
        }
        creation.setDefaultTrading(step.flag("defaultTrading"));
        creation.setDefaultData(step.flag("defaultData"));
        if (step.has("usesTokens")) {
            creation.setUsesTokens(step.flag("usesTokens"));
        }
        if (step.has("secrets")) {
            creation.setSecrets(step.texts("secrets").stream()
                    .map(name -> Told.secret(name, 1))
                    .toList());
        }
    }

    private void pass(Duration time) {
        var end = told.now().plus(time);
        while (told.now().isBefore(end)) {
            var left = Duration.between(told.now(), end);
            told.pass(left.compareTo(PUBLISHED_EVERY) < 0 ? left : PUBLISHED_EVERY);
            routing.publish();
        }
    }

    private void end(Step step) {
        var call = told.call(id(step));
        if (step.has("gives")) {
            accepted(told.succeed(call, step.text("by"), step.duration("gives")));
            return;
        }
        accepted(told.event(
                id(step),
                new RefreshFailed(
                        call.getNumber(),
                        call.getAttempt(),
                        step.text("by"),
                        step.text("fails"),
                        RetryAdvice.valueOf(step.text("retry")),
                        step.has("after") ? step.duration("after").toMillis() : null)));
    }

    private static OperationOutcome outcome(Step step) {
        boolean success = step.has("succeeds");
        return OperationOutcome.newBuilder()
                .setOperation(Operation.valueOf(step.text(success ? "succeeds" : "fails"))
                        .name())
                .setSuccess(success)
                .setCode(success ? null : step.text("code"))
                .setDurationMicros(
                        step.has("took") ? step.duration("took").dividedBy(ChronoUnit.MICROS.getDuration()) : null)
                .build();
    }

    private void restart(String process) {
        if (process.equals("desk")) {
            told.restart();
        } else {
            routing.restart(process);
        }
    }

    private void expect(Step step) {
        var account = account(step);
        var router = routing.router(step);
        step.unread()
                .forEach(what -> assertThat(found(what, account, router))
                        .as("%s: %s", what, step)
                        .isEqualTo(expected(what, step)));
    }

    private static Object expected(String what, Step step) {
        return switch (what) {
            case "refreshes" -> step.texts(what);
            case "reported", "failed", "given" -> step.counts(what);
            default -> step.text(what);
        };
    }

    private Object found(String what, BrokerAccount account, Router router) {
        var token = account.getToken();
        var refresh = account.getRefresh();
        return switch (what) {
            case "token" -> token == null ? "none" : token.getStatus().name();
            case "tokensGiven" -> Long.toString(succeeded(account));
            case "refresh" -> refresh == null ? "none" : refresh.getPhase().name();
            case "attempt" -> refresh == null ? "none" : Integer.toString(refresh.getAttempt());
            case "trigger" -> refresh == null ? "none" : refresh.getTrigger().name();
            case "status" -> account.getStatus().name();
            case "errors" -> Integer.toString(account.getUsage().getErrorsInRow());
            case "dueIn" -> dueIn(account);
            case "refreshes" ->
                ended(account).map(ended -> ended.getOutcome().name()).toList();
            case "code" -> ended(account).findFirst().orElseThrow().getCode();
            case "reported" -> counts(account, OperationCounts::getCalls);
            case "failed" -> counts(account, OperationCounts::getErrors);
            case "given" -> given(account, router);
            default -> throw new IllegalArgumentException("nothing is called " + what);
        };
    }

    /** How many tokens the broker has given. */
    private long succeeded(BrokerAccount account) {
        return ended(account)
                .filter(refresh -> refresh.getOutcome() == RefreshOutcome.SUCCEEDED)
                .count();
    }

    /** The newest first. */
    private Stream<TokenRefresh> ended(BrokerAccount account) {
        return told.refreshes.stream()
                .filter(refresh -> refresh.getAccountId().equals(account.getId()))
                .filter(refresh -> refresh.getOutcome() != RefreshOutcome.PENDING)
                .sorted(Comparator.comparingLong(TokenRefresh::getNumber).reversed());
    }

    private String dueIn(BrokerAccount account) {
        var due = account.getNextRefreshAt();
        if (due == null) {
            return "never";
        }
        var left = Duration.between(told.now(), due);
        if (left.toSeconds() % 3_600 == 0 && !left.isZero()) {
            return left.toHours() + "h";
        }
        return left.toSeconds() % 60 == 0 && !left.isZero() ? left.toMinutes() + "m" : left.toSeconds() + "s";
    }

    /** By operation, where it is not nothing. */
    private static Map<String, Integer> counts(BrokerAccount account, ToLongFunction<OperationCounts> count) {
        var counts = new TreeMap<String, Integer>();
        for (var operation : account.getUsage().getOperations()) {
            counts.put(operation.getOperation(), Math.toIntExact(count.applyAsLong(operation)));
        }
        counts.values().removeIf(none -> none == 0);
        return counts;
    }

    private static Map<String, Integer> given(BrokerAccount account, Router router) {
        var given = new TreeMap<String, Integer>();
        for (var operation : Operation.values()) {
            given.put(operation.name(), Math.toIntExact(router.given(account, operation)));
        }
        given.values().removeIf(none -> none == 0);
        return given;
    }

    private BrokerAccount account(Step step) {
        return told.account(id(step));
    }

    private String id(Step step) {
        if (step.has("of")) {
            return id(step.text("of"));
        }
        if (ids.size() != 1) {
            throw new IllegalArgumentException("of which account of " + ids.keySet() + ": " + step);
        }
        return ids.values().iterator().next();
    }

    private String id(String number) {
        var id = ids.get(number);
        if (id == null) {
            throw new IllegalArgumentException("no account " + number + " was opened, but " + ids.keySet());
        }
        return id;
    }

    private static void accepted(DeskAnswer answer) {
        assertThat(answer.reason()).as(answer.detail()).isNull();
    }

    private static void answered(DeskAnswer answer, Step step) {
        if (step.has("refused")) {
            assertThat(answer.accepted()).isFalse();
            assertThat(answer.reason().code()).isEqualTo(step.text("refused"));
        } else {
            accepted(answer);
        }
    }
}
