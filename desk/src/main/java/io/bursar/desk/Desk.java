package io.bursar.desk;

import io.bursar.schemas.AcceptedCommand;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.DeleteBrokerAccount;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.RefreshCancelled;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshPhase;
import io.bursar.schemas.RefreshRequested;
import io.bursar.schemas.RefreshStarted;
import io.bursar.schemas.RefreshSucceeded;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.schemas.ResetBrokerAccountErrors;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.RewrapSecrets;
import io.bursar.schemas.RoutingCount;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenExpired;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.TokenRevoked;
import io.bursar.schemas.UpdateBrokerAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * All broker accounts, and what may become of them. Decides about messages as they come, and about time as it passes;
 * nothing changes before {@link #apply}. For one thread only.
 */
public final class Desk {
    private static final int COMMANDS_REMEMBERED = 16;

    /** Events that time brings about are announced again when they have not come back by then. */
    private static final Duration ANNOUNCED_AGAIN = Duration.ofSeconds(5);

    private final DeskRules rules;
    private final TokenLife tokens;
    private final BrokerAccounts lifeCycle;
    private final Map<String, BrokerAccount> accounts = new TreeMap<>();

    /** The calls to each broker so far, by its id. Forgotten with the process. */
    private final Map<String, Pace> paces = new HashMap<>();

    /** When an event was announced, by its command id. Forgotten with the process. */
    private final Map<String, Instant> announced = new HashMap<>();

    /** A desk without accounts. */
    public Desk(DeskRules rules) {
        this.rules = rules;
        this.tokens = new TokenLife(rules);
        this.lifeCycle = new BrokerAccounts(tokens);
    }

    /** Takes an account as it was stored. */
    public void restore(BrokerAccount account) {
        accounts.put(account.getId(), account);
    }

    /** All accounts, by their ids; to be read only. */
    public Collection<BrokerAccount> accounts() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    /**
     * Decides about a command.
     *
     * @param now at which it counts as happening
     */
    public DeskDecision decide(BrokerAccountCommand command, Instant now) {
        return decide(command.getAccountId(), command.getCommandId(), now, draft -> {
            var id = command.getAccountId();
            switch (command.getBody()) {
                case CreateBrokerAccount body -> lifeCycle.create(draft, id, body);
                case UpdateBrokerAccount body -> lifeCycle.update(draft, id, body);
                case SetBrokerAccountStatus body -> lifeCycle.setStatus(draft, id, body);
                case ResetBrokerAccountErrors body -> lifeCycle.resetErrors(draft, id);
                case DeleteBrokerAccount body -> lifeCycle.delete(draft, id);
                case RewrapSecrets body -> lifeCycle.rewrap(draft, id, body);
                default -> throw unknown(command.getBody());
            }
        });
    }

    /** Decides about an event of a token; {@code now} as for a command. */
    public DeskDecision decide(TokenEvent event, Instant now) {
        return decide(event.getAccountId(), event.getCommandId(), now, draft -> {
            var id = event.getAccountId();
            RefusedException.requireNone(DeskFields.faultsOf(event));
            switch (event.getBody()) {
                case NewToken body -> tokens.issue(draft, id, body);
                case RefreshRequested body -> tokens.request(draft, id, body);
                case RefreshStarted body -> tokens.start(draft, id, body);
                case RefreshSucceeded body -> tokens.succeed(draft, id, body);
                case RefreshFailed body -> tokens.fail(draft, id, body);
                case RefreshCancelled body -> tokens.cancel(draft, id, body);
                case TokenRevoked body -> tokens.revoke(draft, id);
                case TokenExpired body -> tokens.expire(draft, id, body);
                default -> throw unknown(event.getBody());
            }
        });
    }

    /** Decides about a report, which is counted each time that it comes; {@code now} as for a command. */
    public DeskDecision decide(OperationReport report, Instant now) {
        var draft = new Draft(accounts, now);
        try {
            RefusedException.requireNone(DeskFields.faultsOf(report));
            var account = draft.edit(draft.require(report.getAccountId()).getId());
            switch (report.getBody()) {
                case OperationOutcome outcome -> {
                    Usage.count(draft, account, outcome, tokens);
                    if (!outcome.getSuccess() && OperationCodes.TOKEN_INVALID.equals(outcome.getCode())) {
                        announceRefresh(draft, account, RefreshTrigger.ERROR);
                    }
                }
                case RoutingCount count -> Usage.count(draft, account, count);
                default -> throw unknown(report.getBody());
            }
            return draft.decide(DeskAnswer.accepted(account.getRevision()));
        } catch (RefusedException refusal) {
            return new Draft(accounts, now).decide(refusal.answer(0));
        }
    }

    /** What the passing of time brings: events that are due, and attempts that find a place among the calls to a broker. */
    public DeskDecision tick(Instant now) {
        announced.values().removeIf(at -> at.plus(ANNOUNCED_AGAIN).isBefore(now));
        var draft = new Draft(accounts, now);
        accounts.values().forEach(account -> announceDue(draft, account));
        offerCalls(draft);
        return draft.decide(null);
    }

    /** Makes a decision of this desk come true. It must be the last one. */
    public void apply(DeskDecision decision) {
        decision.changed().forEach(account -> accounts.put(account.getId(), account));
        decision.deleted().forEach(accounts::remove);
        decision.calls().forEach(call -> paceOf(call.getAccount().getBroker()).count(decision.at()));
        decision.events().forEach(event -> announced.put(event.getCommandId(), decision.at()));
    }

    private interface Change {
        void make(Draft draft) throws RefusedException;
    }

    private DeskDecision decide(String id, String commandId, Instant now, Change change) {
        var stored = accounts.get(id);
        if (stored != null) {
            for (var command : stored.getRecentCommands()) {
                if (command.getCommandId().equals(commandId)) {
                    return new Draft(accounts, now).decide(DeskAnswer.repeated(command.getRevision()));
                }
            }
        }
        var draft = new Draft(accounts, now);
        try {
            change.make(draft);
        } catch (RefusedException refusal) {
            return new Draft(accounts, now).decide(refusal.answer(stored == null ? 0 : stored.getRevision()));
        }
        long revision = 0;
        if (draft.find(id) != null) {
            var account = draft.edit(id);
            revision = account.getRevision();
            remember(account, commandId);
        }
        offerCalls(draft);
        return draft.decide(DeskAnswer.accepted(revision));
    }

    private static void remember(BrokerAccount account, String commandId) {
        var commands = account.getRecentCommands();
        commands.add(new AcceptedCommand(commandId, account.getRevision()));
        if (commands.size() > COMMANDS_REMEMBERED) {
            commands.removeFirst();
        }
    }

    private void announceDue(Draft draft, BrokerAccount account) {
        var token = account.getToken();
        if (token != null
                && token.getStatus() == BrokerTokenStatus.VALID
                && token.getExpiresAt() != null
                && !draft.now().isBefore(token.getExpiresAt())) {
            announce(draft, account, "expired-" + token.getVersion(), new TokenExpired(token.getVersion()));
        }
        var refresh = account.getRefresh();
        if (refresh == null) {
            if (account.getNextRefreshAt() != null && !draft.now().isBefore(account.getNextRefreshAt())) {
                announceRefresh(draft, account, tokens.triggerOfTime(account));
            }
        } else if (tokens.isOverdue(draft, refresh)) {
            var isStarted = refresh.getPhase() == RefreshPhase.STARTED;
            announce(
                    draft,
                    account,
                    "overdue-" + refresh.getNumber() + "-" + refresh.getAttempt(),
                    RefreshFailed.newBuilder()
                            .setNumber(refresh.getNumber())
                            .setAttempt(refresh.getAttempt())
                            .setCode(isStarted ? OperationCodes.LEASE_EXPIRED : OperationCodes.NO_WORKER)
                            .setRetry(isStarted ? RetryAdvice.SOON : RetryAdvice.NEVER)
                            .build());
        }
    }

    private void announceRefresh(Draft draft, BrokerAccount account, RefreshTrigger trigger) {
        long version = account.getToken() == null ? 0 : account.getToken().getVersion();
        announce(
                draft,
                account,
                "refresh-" + (account.getLastRefreshNumber() + 1),
                RefreshRequested.newBuilder()
                        .setTrigger(trigger)
                        .setTokenVersion(version)
                        .build());
    }

    private void announce(Draft draft, BrokerAccount account, String name, Object body) {
        var commandId = account.getId() + "/" + name;
        if (!announced.containsKey(commandId)) {
            draft.announce(new TokenEvent(commandId, account.getId(), draft.now(), body));
        }
    }

    /** Offers what waits and what nobody has taken, the oldest first, as far as the brokers bear it. */
    private void offerCalls(Draft draft) {
        var out = new HashMap<String, Integer>();
        var ready = new ArrayList<BrokerAccount>();
        for (var account : draft.all()) {
            var refresh = account.getRefresh();
            if (refresh == null) {
                continue;
            }
            if (refresh.getPhase() != RefreshPhase.WAITING) {
                out.merge(account.getBroker(), 1, Integer::sum);
            }
            if (refresh.getPhase() != RefreshPhase.STARTED && !draft.now().isBefore(refresh.getUntil())) {
                ready.add(account);
            }
        }
        ready.sort(Comparator.comparing(account -> account.getRefresh().getUntil()));
        var calls = new HashMap<String, Integer>();
        ready.forEach(account -> offer(draft, account, out, calls));
    }

    private void offer(Draft draft, BrokerAccount waiting, Map<String, Integer> out, Map<String, Integer> calls) {
        var broker = waiting.getBroker();
        if (waiting.getRefresh().getPhase() == RefreshPhase.WAITING) {
            boolean hasPlace =
                    out.getOrDefault(broker, 0) < rules.limits().apply(broker).atOnce();
            if (!hasPlace || paceOf(broker).allowed(draft.now()) <= calls.getOrDefault(broker, 0)) {
                return;
            }
            out.merge(broker, 1, Integer::sum);
        }
        calls.merge(broker, 1, Integer::sum);
        var account = draft.edit(waiting.getId());
        var refresh = account.getRefresh();
        refresh.setPhase(RefreshPhase.OFFERED);
        refresh.setUntil(draft.now().plus(DeskRules.OFFER_TIMEOUT));
        account.setLastTokenVersion(account.getLastTokenVersion() + 1);
        draft.offer(new TokenRefreshCall(
                refresh.getNumber(), refresh.getAttempt(), account.getLastTokenVersion(), account));
    }

    private Pace paceOf(String broker) {
        return paces.computeIfAbsent(
                broker, id -> new Pace(rules.limits().apply(id).perMinute()));
    }

    private static IllegalArgumentException unknown(Object body) {
        return new IllegalArgumentException(
                "the desk has no rule for a " + body.getClass().getSimpleName());
    }
}
