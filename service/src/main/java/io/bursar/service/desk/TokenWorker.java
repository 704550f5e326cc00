package io.bursar.service.desk;

import io.bursar.brokers.BrokerException;
import io.bursar.brokers.Brokers;
import io.bursar.brokers.IssuedToken;
import io.bursar.schemas.Micros;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshStarted;
import io.bursar.schemas.RefreshSucceeded;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.topology.UnavailableException;
import io.bursar.topology.commands.NotWrittenException;
import io.bursar.vault.MasterKeyException;
import io.bursar.vault.SealException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts to refresh tokens that are offered to this instance: asks the desk for each whether it may, calls the
 * broker, and says how it ended. Each attempt has a virtual thread. Thread-safe.
 */
public final class TokenWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenWorker.class);

    /** The least that is worth a call: the rest of its time may go by until the desk has said that it may be made. */
    private static final Duration SHORTEST_CALL = Duration.ofMillis(800);

    /** How long a report waits for its answer before it is sent again. */
    private static final Duration REPORT_WITHIN = Duration.ofSeconds(3);

    private static final long PAUSE_MS = 200;

    private final Supplier<? extends DeskAccess> desk;
    private final Brokers brokers;
    private final Secrets secrets;
    private final Duration callTimeout;

    /** A name that no other worker has, nor this one after a restart. */
    private final String name = UUID.randomUUID().toString();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param brokers and their addresses; stay the caller's
     * @param callTimeout how long a call to a broker may take
     */
    public TokenWorker(Supplier<? extends DeskAccess> desk, Brokers brokers, Secrets secrets, Duration callTimeout) {
        this.desk = desk;
        this.brokers = brokers;
        this.secrets = secrets;
        this.callTimeout = callTimeout;
    }

    /** Takes an attempt, without waiting for anything. */
    public void take(TokenRefreshCall call) {
        threads.execute(() -> attempt(call));
    }

    private void attempt(TokenRefreshCall call) {
        try {
            long startedNanos = System.nanoTime();
            if (mayStart(call)) {
                report(call, outcome(call, startedNanos));
            }
        } catch (InterruptedException e) {
            LOG.info("attempt {} for {} is given up: this instance stops", call.getAttempt(), idOf(call));
        }
    }

    private boolean mayStart(TokenRefreshCall call) throws InterruptedException {
        try {
            var start = new RefreshStarted(call.getNumber(), call.getAttempt(), name);
            return desk.get()
                    .ask(event(call, start), null, callTimeout.minus(SHORTEST_CALL))
                    .getAccepted();
        } catch (TimeoutException | NotWrittenException | UnavailableException e) {
            // If the start was accepted after all, its lease ends by itself.
            LOG.warn("attempt {} for {} is left to others: {}", call.getAttempt(), idOf(call), e.getMessage());
            return false;
        }
    }

    private Object outcome(TokenRefreshCall call, long startedNanos) {
        var account = call.getAccount();
        var broker = brokers.broker(account.getBroker());
        if (broker.isEmpty()) {
            return failed(call, "broker_unknown", RetryAdvice.NEVER, null);
        }
        var left = callTimeout.minusNanos(System.nanoTime() - startedNanos);
        try (var login = Logins.of(account, secrets);
                var token = broker.get().refresh(login, left)) {
            return new RefreshSucceeded(call.getNumber(), call.getAttempt(), name, sealed(call, token));
        } catch (BrokerException e) {
            LOG.warn("attempt {} for {} failed: {}", call.getAttempt(), idOf(call), e.getMessage());
            return failed(
                    call,
                    e.code(),
                    advice(e),
                    e.retryAfter().map(Duration::toMillis).orElse(null));
        } catch (SealException | MasterKeyException e) {
            LOG.error("attempt {} for {} failed: {}", call.getAttempt(), idOf(call), e.getMessage());
            return failed(call, "secret_does_not_open", RetryAdvice.NEVER, null);
        } catch (RuntimeException e) {
            LOG.error("attempt {} for {} failed unexpectedly", call.getAttempt(), idOf(call), e);
            return failed(call, "worker_failed", RetryAdvice.SOON, null);
        }
    }

    private static RetryAdvice advice(BrokerException failure) {
        return switch (failure.kind()) {
            case TIMEOUT, UNAVAILABLE, MALFORMED_ANSWER -> RetryAdvice.SOON;
            case RATE_LIMITED -> RetryAdvice.LATER;
            case REFUSED, NO_TOKEN -> RetryAdvice.NEVER;
        };
    }

    private NewToken sealed(TokenRefreshCall call, IssuedToken token) {
        return secrets.seal(
                idOf(call),
                call.getTokenVersion(),
                token.accessToken(),
                token.refreshToken(),
                token.issuedAt(),
                token.expiresAt());
    }

    /** Says how it ended until the desk has heard it: a token must not be lost because an answer was. */
    private void report(TokenRefreshCall call, Object outcome) throws InterruptedException {
        var event = event(call, outcome);
        var until = Instant.now().plus(callTimeout);
        while (true) {
            try {
                var reply = desk.get().ask(event, null, REPORT_WITHIN);
                if (!reply.getAccepted()) {
                    LOG.warn("attempt {} for {} came too late: {}", call.getAttempt(), idOf(call), reply.getDetail());
                }
                return;
            } catch (TimeoutException | NotWrittenException | UnavailableException e) {
                if (Instant.now().isAfter(until)) {
                    LOG.error("how attempt {} for {} ended could not be told", call.getAttempt(), idOf(call), e);
                    return;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private RefreshFailed failed(TokenRefreshCall call, String code, RetryAdvice retry, Long retryAfterMs) {
        return new RefreshFailed(call.getNumber(), call.getAttempt(), name, code, retry, retryAfterMs);
    }

    /** The same id each time that it is sent: the desk takes it once. */
    private TokenEvent event(TokenRefreshCall call, Object body) {
        var id = UUID.nameUUIDFromBytes(
                (name + call.getTokenVersion() + body.getClass().getSimpleName()).getBytes(StandardCharsets.UTF_8));
        return new TokenEvent(id.toString(), idOf(call), Micros.floor(Instant.now()), body);
    }

    private static String idOf(TokenRefreshCall call) {
        return call.getAccount().getId();
    }

    /** Gives up what is under way; the desk offers it to others when its time is over. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
