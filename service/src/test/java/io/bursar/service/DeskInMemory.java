package io.bursar.service;

import io.bursar.desk.BrokerAccountIds;
import io.bursar.desk.BrokerLimits;
import io.bursar.desk.Desk;
import io.bursar.desk.DeskAnswer;
import io.bursar.desk.DeskCopy;
import io.bursar.desk.DeskDecision;
import io.bursar.desk.DeskRules;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.Micros;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshStarted;
import io.bursar.schemas.RefreshSucceeded;
import io.bursar.schemas.Reply;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.service.desk.DeskAccess;
import io.bursar.service.desk.DeskService;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The real desk in memory, where the application has it on topics; what it decides is in the copy at once. Its time is the
 * system's, which brings no events by itself: tokens are renewed when somebody asks. Thread-safe.
 */
final class DeskInMemory implements DeskAccess {
    private static final String WORKER = "worker";

    private final Desk desk;
    private final DeskCopy copy = new DeskCopy();
    final List<OperationReport> reports = new CopyOnWriteArrayList<>();
    final List<SpecificRecord> asked = new CopyOnWriteArrayList<>();

    // What a test sets; read by the threads of the server.
    volatile RuntimeException publishFailure;
    volatile boolean silent;

    /** What becomes of the attempts that are offered. */
    volatile Consumer<TokenRefreshCall> worker = call -> {};

    /** One whose refreshes make one attempt. */
    DeskInMemory() {
        this(1);
    }

    /** @param attempts that a refresh makes at most */
    DeskInMemory(int attempts) {
        desk = new Desk(new DeskRules(
                Duration.ofMinutes(1), attempts, Duration.ofSeconds(30), broker -> new BrokerLimits(100, 6_000)));
    }

    /** What an instance does with broker accounts; the test closes it. */
    static DeskService service() {
        var settings = Settings.load(SettingsSource.flags(Map.of("vault", "production")));
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        return DeskService.of(settings, Map.of("BURSAR_VAULT_KEY_1", key)).orElseThrow();
    }

    @Override
    public DeskCopy copy() {
        return copy;
    }

    @Override
    public Reply ask(SpecificRecord message, String traceParent, Duration atMost) throws TimeoutException {
        asked.add(message);
        if (silent) {
            throw new TimeoutException("the desk is silent");
        }
        return switch (message) {
            case BrokerAccountCommand command ->
                reply(
                        command.getCommandId(),
                        command.getAccountId(),
                        take(() -> desk.decide(command, Micros.floor(Instant.now()))));
            case TokenEvent event ->
                reply(
                        event.getCommandId(),
                        event.getAccountId(),
                        take(() -> desk.decide(event, Micros.floor(Instant.now()))));
            default -> throw new IllegalArgumentException(message.toString());
        };
    }

    @Override
    public void publish(OperationReport report) {
        if (publishFailure != null) {
            throw publishFailure;
        }
        reports.add(report);
        take(() -> desk.decide(report, Micros.floor(Instant.now())));
    }

    /** Has the desk see what is due by now. */
    void tick() {
        take(() -> desk.tick(Micros.floor(Instant.now())));
    }

    private interface Decider {
        DeskDecision decide();
    }

    private DeskAnswer take(Decider decider) {
        DeskDecision decision;
        Queue<TokenEvent> events;
        synchronized (desk) {
            decision = decider.decide();
            desk.apply(decision);
            decision.refreshes()
                    .forEach(refresh -> copy.putRefresh(refresh.getAccountId() + "/" + refresh.getNumber(), refresh));
            // Whoever waits for an account finds its history complete.
            decision.changed().forEach(account -> copy.putAccount(account.getId(), account));
            decision.deleted().forEach(id -> copy.putAccount(id, null));
            events = new ArrayDeque<>(decision.events());
        }
        decision.calls().forEach(worker);
        events.forEach(event -> take(() -> desk.decide(event, Micros.floor(Instant.now()))));
        return decision.answer();
    }

    private static Reply reply(String commandId, String accountId, DeskAnswer answer) {
        return new Reply(
                commandId,
                accountId,
                answer.accepted(),
                answer.accepted() ? null : answer.reason().code(),
                answer.detail(),
                answer.revision(),
                answer.repeated(),
                null,
                answer.faults());
    }

    /** Makes an account that needs no token. */
    String open(String number) {
        return open(number, creation -> {});
    }

    /** @param more what is different from an account of desk-1 at acme in production that needs no token */
    String open(String number, Consumer<CreateBrokerAccount.Builder> more) {
        var creation = CreateBrokerAccount.newBuilder()
                .setOwner("desk-1")
                .setName("Account " + number)
                .setNumber(number)
                .setBroker("acme")
                .setEnvironment(BrokerEnvironment.PRODUCTION)
                .setType(BrokerAccountType.STANDARD)
                .setUsesTokens(false)
                .setSecrets(List.of(sealed("clientSecret", 1)));
        more.accept(creation);
        var built = creation.build();
        var id = BrokerAccountIds.of(built.getBroker(), built.getEnvironment(), number);
        command(id, built);
        return id;
    }

    /** Makes an account that needs a token and has none. */
    String openWithoutToken(String number) {
        return open(number, creation -> creation.setUsesTokens(true));
    }

    /** Makes an account with a token. */
    String openWithToken(String number, Duration life) {
        var id = openWithoutToken(number);
        event(id, token(1, life));
        return id;
    }

    void command(String id, Object body) {
        require(new BrokerAccountCommand(UUID.randomUUID().toString(), id, Micros.floor(Instant.now()), body));
    }

    void event(String id, Object body) {
        require(new TokenEvent(UUID.randomUUID().toString(), id, Micros.floor(Instant.now()), body));
    }

    private void require(SpecificRecord message) {
        try {
            var reply = ask(message, null, Duration.ZERO);
            if (!reply.getAccepted()) {
                throw new AssertionError(reply.toString());
            }
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    BrokerAccount account(String id) {
        return copy.account(id).orElseThrow();
    }

    /** The broker gives a token for the attempt. */
    void succeed(TokenRefreshCall call, Duration life) {
        start(call);
        event(
                call.getAccount().getId(),
                new RefreshSucceeded(call.getNumber(), call.getAttempt(), WORKER, token(call.getTokenVersion(), life)));
    }

    /** The broker refuses the attempt for good. */
    void fail(TokenRefreshCall call, String code) {
        start(call);
        event(
                call.getAccount().getId(),
                new RefreshFailed(call.getNumber(), call.getAttempt(), WORKER, code, RetryAdvice.NEVER, null));
    }

    private void start(TokenRefreshCall call) {
        event(call.getAccount().getId(), new RefreshStarted(call.getNumber(), call.getAttempt(), WORKER));
    }

    private static NewToken token(long version, Duration life) {
        var now = Micros.floor(Instant.now());
        return NewToken.newBuilder()
                .setAccess(sealed("accessToken", version))
                .setHash("%064x".formatted(version))
                .setIssuedAt(now)
                .setExpiresAt(now.plus(life))
                .build();
    }

    private static SealedSecret sealed(String name, long version) {
        return new SealedSecret(name, version, 1, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }
}
