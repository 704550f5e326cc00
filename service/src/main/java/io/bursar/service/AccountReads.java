package io.bursar.service;

import io.bursar.schemas.state.AccountState;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.topology.AccountWith;
import io.bursar.topology.OwnedElsewhereException;
import io.bursar.topology.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Reads accounts as new as the request wants them, or as old as it allows. Thread-safe. */
final class AccountReads {
    /** Says of an answer that it is a standby's and may be behind. */
    static final String STALE_HEADER = "Bursar-Stale";

    static final Duration WAIT_FOR_SEQUENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Supplier<Instance> instance;

    AccountReads(Supplier<Instance> instance) {
        this.instance = instance;
    }

    /** The account, once it is at the sequence that the request wants. */
    Optional<AccountState> account(Context context, String accountId) {
        return read(context, accountId, reads -> reads.namedAccount(accountId), AccountState::getSequence);
    }

    /** The account and what is read beside it, once it is at the sequence that the request wants. */
    <T> Optional<AccountWith<T>> with(
            Context context, String accountId, Function<Reads, Optional<AccountWith<T>>> question) {
        return read(context, accountId, question, found -> found.account().getSequence());
    }

    private <T> Optional<T> read(
            Context context, String accountId, Function<Reads, Optional<T>> question, ToLongFunction<T> sequenceOf) {
        long wanted = Parameters.minSequence(context);
        long deadline = System.nanoTime() + WAIT_FOR_SEQUENCE.toNanos();
        while (true) {
            var found = read(context, question);
            long sequence = found.map(sequenceOf::applyAsLong).orElse(0L);
            if (sequence >= wanted) {
                return found;
            }
            if (System.nanoTime() >= deadline) {
                throw notReached(accountId, wanted, sequence);
            }
            pause();
        }
    }

    private <T> Optional<T> read(Context context, Function<Reads, Optional<T>> question) {
        var current = instance.get();
        if (!Parameters.isStaleAllowed(context)) {
            return question.apply(current.reads());
        }
        try {
            return question.apply(current.reads());
        } catch (OwnedElsewhereException | UnavailableException e) {
            return readCopy(context, current, question, e);
        }
    }

    private static <T> Optional<T> readCopy(
            Context context, Instance current, Function<Reads, Optional<T>> question, RuntimeException reason) {
        try {
            var found = question.apply(current.readsOfAnyCopy());
            context.header(STALE_HEADER, "true");
            return found;
        } catch (UnavailableException noCopy) {
            throw reason;
        }
    }

    private static ProblemException notReached(String accountId, long wanted, long sequence) {
        return new ProblemException(Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "sequence_not_reached",
                "account " + accountId + " is at sequence " + sequence + ", and min-sequence " + wanted
                        + " has not come within " + WAIT_FOR_SEQUENCE.toSeconds() + " s"));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("this instance stops");
        }
    }
}
