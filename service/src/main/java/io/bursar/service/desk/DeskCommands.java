package io.bursar.service.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.Micros;
import io.bursar.schemas.Reply;
import io.bursar.schemas.TokenEvent;
import io.bursar.service.http.Headers;
import io.bursar.service.http.Ids;
import io.bursar.service.http.Json;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.security.Audit;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** Sends what requests ask of the desk and answers with what it decided. Thread-safe. */
final class DeskCommands {
    /** For this instance to hear of what was committed: a read and no more. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(2);

    private final Supplier<? extends DeskAccess> desk;
    private final Duration atMost;
    private final InstantSource clock;

    /** @param atMost how long a caller waits for a decision */
    DeskCommands(Supplier<? extends DeskAccess> desk, Duration atMost, InstantSource clock) {
        this.desk = desk;
        this.atMost = atMost;
        this.clock = clock;
    }

    DeskAccess desk() {
        return desk.get();
    }

    /** With the precision that messages have. */
    Instant now() {
        return Micros.floor(clock.instant());
    }

    /** The account of a request. */
    BrokerAccount account(String id) {
        return desk().copy()
                .account(id)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        HttpStatus.NOT_FOUND, "broker_account_not_found", "no broker account " + id + " is known")));
    }

    /** A command of this request about an account. */
    BrokerAccountCommand command(Context context, String accountId, Object body) {
        return new BrokerAccountCommand(key(context), accountId, now(), body);
    }

    /** An event of this request in the life of an account's token. */
    TokenEvent event(Context context, String accountId, Object body) {
        return new TokenEvent(key(context), accountId, now(), body);
    }

    /** A command of this instance's own about an account. */
    BrokerAccountCommand command(String accountId, Object body) {
        return new BrokerAccountCommand(freshId(), accountId, now(), body);
    }

    /** An event of this instance's own in the life of an account's token. */
    TokenEvent event(String accountId, Object body) {
        return new TokenEvent(freshId(), accountId, now(), body);
    }

    private static String freshId() {
        return UUID.randomUUID().toString();
    }

    /** The caller's key, or one that it is told. */
    private static String key(Context context) {
        var key = context.header(Headers.IDEMPOTENCY_KEY);
        if (key == null) {
            var made = freshId();
            context.header(Headers.IDEMPOTENCY_KEY, made);
            return made;
        }
        if (!Ids.isValid(key, Ids.MAX_LENGTH)) {
            throw new ProblemException(Problem.invalid(Headers.IDEMPOTENCY_KEY, key, Ids.rule(Ids.MAX_LENGTH)));
        }
        context.header(Headers.IDEMPOTENCY_KEY, key);
        return key;
    }

    /**
     * Sends it, and answers the request unless it was accepted: then this instance has heard of it, and the caller answers.
     *
     * @return empty when the request has been answered
     */
    Optional<Reply> send(Context context, String accountId, SpecificRecord message) throws InterruptedException {
        Audit.noteBrokerAccount(context, accountId);
        Reply reply;
        try {
            reply = desk().ask(message, context.header(Headers.TRACE_PARENT), atMost);
        } catch (TimeoutException e) {
            context.status(HttpStatus.ACCEPTED);
            Json.answer(context, new Undecided(accountId, "undecided"));
            return Optional.empty();
        }
        if (reply.getRepeated()) {
            context.header(Headers.IDEMPOTENCY_REPLAYED, "true");
        }
        if (!reply.getAccepted()) {
            refuse(context, DeskProblem.of(reply));
            return Optional.empty();
        }
        awaitHeard(accountId, reply.getSequence());
        return Optional.of(reply);
    }

    /** Waits until this instance has heard of what was committed; 0 stands for a deleted account. */
    void awaitHeard(String accountId, long revision) throws InterruptedException {
        if (revision == 0) {
            desk().copy().await(accountId, account -> account == null, HEARD_WITHIN);
        } else {
            desk().copy()
                    .await(accountId, account -> account != null && account.getRevision() >= revision, HEARD_WITHIN);
        }
    }

    /** Answers with what the desk would have said, or has. */
    static void refuse(Context context, DeskProblem problem) {
        Audit.noteReason(context, problem.reason());
        context.status(problem.status());
        Json.answer(context, problem, Problem.CONTENT_TYPE);
    }

    /** @param outcome undecided: nothing is known yet; the same request under the same key asks again */
    private record Undecided(String accountId, String outcome) {}
}
