package io.bursar.service;

import io.bursar.schemas.state.AccountState;
import io.bursar.service.history.AsOf;
import io.bursar.service.history.History;
import io.bursar.service.history.TradePlace;
import io.bursar.service.http.Access;
import io.bursar.service.http.Cursor;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.Routes;
import io.bursar.service.view.BalanceView;
import io.bursar.service.view.EntryView;
import io.bursar.service.view.TradeView;
import io.bursar.service.view.Units;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;

/** What only the tables of the journal know. Any instance answers, from the same database. */
final class HistoryRoutes {
    static final String AS_OF_SEQUENCE = "as-of-sequence";
    static final String AS_OF = "as-of";

    private static final String ACCOUNT = "/api/v1/accounts/{accountId}";
    private static final String TRADES = "trades";
    private static final String JOURNAL = "journal";
    private static final String FROM_SEQUENCE = "from-sequence";
    private static final String TO_SEQUENCE = "to-sequence";

    private final Supplier<Instance> instance;
    private final AccountReads reads;
    private final Optional<History> history;

    /** @param history empty when there is no database */
    HistoryRoutes(Supplier<Instance> instance, Optional<History> history) {
        this.instance = instance;
        this.reads = new AccountReads(instance);
        this.history = history;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(
                routes,
                ACCOUNT + "/trades",
                Access.TRADE_READ,
                this::trades,
                Parameters.LIMIT,
                Parameters.CURSOR,
                Parameters.MIN_SEQUENCE);
        Routes.get(
                routes,
                ACCOUNT + "/journal",
                Access.ACCOUNT_READ,
                this::journal,
                FROM_SEQUENCE,
                TO_SEQUENCE,
                Parameters.LIMIT,
                Parameters.CURSOR,
                Parameters.MIN_SEQUENCE);
    }

    private void trades(Context context) {
        var accountId = Parameters.accountId(context);
        int limit = Parameters.limit(context);
        var before = tradePlace(context);
        var found =
                atLeast(Parameters.minSequence(context), accountId, database().trades(accountId, before, limit + 1));
        var trades = found.found();
        if (trades.size() <= limit) {
            Json.answer(context, new TradeView.Listing(accountId, found.sequence(), trades, null));
            return;
        }
        var last = trades.get(limit - 1);
        var nextCursor = Cursor.of(TRADES, last.occurredAt(), last.sequence());
        Json.answer(context, new TradeView.Listing(accountId, found.sequence(), trades.subList(0, limit), nextCursor));
    }

    private static TradePlace tradePlace(Context context) {
        try {
            return Cursor.parts(context, TRADES, 2)
                    .map(parts -> new TradePlace(Instant.parse(parts.getFirst()), sequence(context, parts.get(1))))
                    .orElse(null);
        } catch (DateTimeParseException notOurs) {
            throw Cursor.invalid(context);
        }
    }

    private void journal(Context context) {
        var accountId = Parameters.accountId(context);
        int limit = Parameters.limit(context);
        var to = Parameters.sequence(context, TO_SEQUENCE);
        long from = Cursor.parts(context, JOURNAL, 1)
                .map(parts -> sequence(context, parts.getFirst()))
                .orElse(Parameters.sequence(context, FROM_SEQUENCE).orElse(1));
        // Whoever has all entries asks for the one after them, which need not be there.
        long needed = Math.max(Parameters.minSequence(context), Math.max(to.orElse(0), from - 1));
        var units = new Units(instance.get().reference());
        var found = atLeast(
                needed, accountId, database().journal(accountId, from, to.orElse(Long.MAX_VALUE), limit + 1, units));
        var entries = found.found();
        if (entries.size() <= limit) {
            Json.answer(context, new EntryView.Listing(accountId, found.sequence(), entries, null));
            return;
        }
        var nextCursor = Cursor.of(JOURNAL, entries.get(limit).sequence());
        Json.answer(context, new EntryView.Listing(accountId, found.sequence(), entries.subList(0, limit), nextCursor));
    }

    /** Whether balances of a time past are asked for. */
    static boolean isPast(Context context) {
        return context.queryParam(AS_OF_SEQUENCE) != null || context.queryParam(AS_OF) != null;
    }

    /** Answers with balances of a time past. */
    void balances(Context context) {
        var accountId = Parameters.accountId(context);
        var sequence = Parameters.sequence(context, AS_OF_SEQUENCE);
        var instant = Parameters.instant(context, AS_OF);
        if (Parameters.isStaleAllowed(context)) {
            throw new ProblemException(
                    Problem.invalid(Parameters.STALE, "allow", "absent when balances of a time past are asked for"));
        }
        if (sequence.isPresent() && instant.isPresent()) {
            throw new ProblemException(
                    Problem.invalid(AS_OF, context.queryParam(AS_OF), "absent when " + AS_OF_SEQUENCE + " is given"));
        }
        Json.answer(
                context,
                sequence.isPresent()
                        ? balancesAt(context, accountId, sequence.getAsLong())
                        : balancesAt(context, accountId, instant.orElseThrow()));
    }

    private BalanceView.Past balancesAt(Context context, String accountId, long sequence) {
        long needed = Math.max(sequence, Parameters.minSequence(context));
        var found = atLeast(needed, accountId, database().balancesAt(accountId, sequence));
        return new BalanceView.Past(accountId, sequence, null, found.found());
    }

    /** The owner of the account answers: it alone knows whether the tables have everything up to the instant. */
    private BalanceView.Past balancesAt(Context context, String accountId, Instant instant) {
        long current =
                reads.account(context, accountId).map(AccountState::getSequence).orElse(0L);
        var written = database().accountTime(accountId);
        // Whose time has passed the instant may still report what happened before, but so may all that is to come.
        boolean isPassed = written.filter(time -> time.found().isAfter(instant)).isPresent();
        var found = atLeast(isPassed ? 0 : current, accountId, database().balancesAt(accountId, instant));
        return new BalanceView.Past(accountId, found.sequence(), instant.toString(), found.found());
    }

    private History database() {
        return required(history);
    }

    /** @throws ProblemException when there is no database */
    static History required(Optional<History> history) {
        return history.orElseThrow(() -> new ProblemException(Problem.of(
                HttpStatus.NOT_IMPLEMENTED,
                "no_database",
                "postgres.url is not set: it must name the database that the sinks write to")));
    }

    private static <T> AsOf<T> atLeast(long needed, String accountId, Optional<AsOf<T>> found) {
        long sequence = found.map(AsOf::sequence).orElse(0L);
        if (sequence < needed) {
            throw new ProblemException(Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "not_yet_in_database",
                    "of account " + accountId + " the database has the entries up to sequence " + sequence
                            + ", and they are needed up to " + needed));
        }
        return found.orElseThrow(() -> new ProblemException(Problem.of(
                HttpStatus.NOT_FOUND, "account_not_found", "the database has no entry of account " + accountId)));
    }

    private static long sequence(Context context, String text) {
        return Parameters.sequence(text).orElseThrow(() -> Cursor.invalid(context));
    }
}
