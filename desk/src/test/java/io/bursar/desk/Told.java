package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshRequested;
import io.bursar.schemas.RefreshStarted;
import io.bursar.schemas.RefreshSucceeded;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.RecordEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A desk with a clock that stands until it is moved, whose events come back to it as they do over the log. */
final class Told {
    static final Instant T0 = Instant.parse("2026-03-02T12:00:00Z");

    Desk desk;
    final List<TokenRefreshCall> calls = new ArrayList<>();
    final List<TokenRefresh> refreshes = new ArrayList<>();
    private final DeskRules rules;
    private final Deque<TokenEvent> events = new ArrayDeque<>();
    private Instant now = T0;
    private int commands;

    Told() {
        this(new BrokerLimits(3, 60_000));
    }

    Told(BrokerLimits limits) {
        rules = new DeskRules(Duration.ofHours(1), 3, Duration.ofSeconds(30), broker -> limits);
        desk = new Desk(rules);
    }

    /** Goes on with a new desk, which knows nothing but what was stored of the accounts. */
    void restart() {
        var encoder = new RecordEncoder<>(BrokerAccount.class, 1);
        var decoder = new RecordDecoder<>(BrokerAccount.class, id -> BrokerAccount.getClassSchema());
        var stored = desk.accounts().stream().map(encoder::encode).toList();
        desk = new Desk(rules);
        stored.forEach(bytes -> desk.restore(decoder.decode(bytes)));
    }

    Instant now() {
        return now;
    }

    /** Lets time pass in small steps, and the events that it brings come back. */
    void pass(Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            var step = now.plusMillis(200);
            now = step.isBefore(end) ? step : end;
            tick();
        }
    }

    void tick() {
        take(desk.tick(now));
        while (!events.isEmpty()) {
            take(desk.decide(events.remove(), now));
        }
    }

    DeskAnswer command(String id, Object body) {
        return take(desk.decide(new BrokerAccountCommand("c" + commands++, id, now, body), now));
    }

    DeskAnswer event(String id, Object body) {
        return take(desk.decide(new TokenEvent("e" + commands++, id, now, body), now));
    }

    DeskAnswer report(String id, boolean success, String code) {
        return report(
                id,
                OperationOutcome.newBuilder()
                        .setOperation("QUOTE")
                        .setSuccess(success)
                        .setCode(code)
                        .build());
    }

    DeskAnswer report(String id, OperationOutcome outcome) {
        var answer = take(desk.decide(new OperationReport(id, now, outcome), now));
        while (!events.isEmpty()) {
            take(desk.decide(events.remove(), now));
        }
        return answer;
    }

    DeskAnswer take(DeskDecision decision) {
        desk.apply(decision);
        calls.addAll(decision.calls());
        refreshes.addAll(decision.refreshes());
        events.addAll(decision.events());
        return decision.answer();
    }

    BrokerAccount account(String id) {
        return desk.accounts().stream()
                .filter(account -> account.getId().equals(id))
                .findAny()
                .orElse(null);
    }

    /** An account with a secret, which time gives its first token. */
    String open(String number) {
        return open(number, creation -> {});
    }

    String open(String number, Consumer<CreateBrokerAccount.Builder> more) {
        var creation = creation(number);
        more.accept(creation);
        var built = creation.build();
        var id = BrokerAccountIds.of(built.getBroker(), built.getEnvironment(), number);
        var answer = command(id, built);
        if (!answer.accepted()) {
            throw new AssertionError(answer.toString());
        }
        return id;
    }

    static CreateBrokerAccount.Builder creation(String number) {
        return CreateBrokerAccount.newBuilder()
                .setOwner("desk-1")
                .setName("Account " + number)
                .setNumber(number)
                .setBroker("acme")
                .setEnvironment(BrokerEnvironment.PRODUCTION)
                .setType(BrokerAccountType.STANDARD)
                .setSecrets(List.of(secret("clientSecret", 1)));
    }

    static SealedSecret secret(String name, long version) {
        return new SealedSecret(name, version, 1, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    /** The last attempt that was offered. */
    TokenRefreshCall call() {
        return calls.getLast();
    }

    /** The last attempt that was offered for an account. */
    TokenRefreshCall call(String id) {
        return calls.stream()
                .filter(call -> call.getAccount().getId().equals(id))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no attempt was offered for " + id));
    }

    DeskAnswer start(TokenRefreshCall call, String worker) {
        return event(call.getAccount().getId(), new RefreshStarted(call.getNumber(), call.getAttempt(), worker));
    }

    DeskAnswer succeed(TokenRefreshCall call, String worker, Duration life) {
        var token = token(call.getTokenVersion(), life);
        return event(
                call.getAccount().getId(), new RefreshSucceeded(call.getNumber(), call.getAttempt(), worker, token));
    }

    DeskAnswer fail(TokenRefreshCall call, String worker, String code, RetryAdvice retry) {
        return event(
                call.getAccount().getId(),
                new RefreshFailed(call.getNumber(), call.getAttempt(), worker, code, retry, null));
    }

    /** Null as its life: the broker does not say. */
    NewToken token(long version, Duration life) {
        return NewToken.newBuilder()
                .setAccess(secret("accessToken", version))
                .setHash("%064x".formatted(version))
                .setIssuedAt(now)
                .setExpiresAt(life == null ? null : now.plus(life))
                .build();
    }

    DeskAnswer request(String id, boolean force) {
        return event(
                id,
                RefreshRequested.newBuilder()
                        .setTrigger(RefreshTrigger.MANUAL)
                        .setForce(force)
                        .build());
    }

    /** An account whose token was just given by the broker, with nothing under way. */
    String openWithToken(String number, Duration life) {
        return openWithToken(number, life, creation -> {});
    }

    String openWithToken(String number, Duration life, Consumer<CreateBrokerAccount.Builder> more) {
        var id = open(number, more);
        tick();
        start(call(id), "w");
        succeed(call(id), "w", life);
        return id;
    }
}
