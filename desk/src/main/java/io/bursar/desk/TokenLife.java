package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerToken;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.OpenRefresh;
import io.bursar.schemas.RefreshCancelled;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.RefreshPhase;
import io.bursar.schemas.RefreshRequested;
import io.bursar.schemas.RefreshStarted;
import io.bursar.schemas.RefreshSucceeded;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.TokenExpired;
import io.bursar.schemas.TokenOrigin;
import io.bursar.schemas.TokenRefresh;
import java.time.Duration;
import java.time.Instant;

/**
 * The state machine of tokens and of the refreshes that renew them. An account has one refresh at most; an attempt of it
 * is WAITING, then OFFERED to all workers, then STARTED by the one whose start is accepted, and nobody else's is until
 * that worker reports or its lease ends. A valid token is given up for a newer one only.
 */
final class TokenLife {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration WAIT_WHEN_LIMITED = Duration.ofSeconds(60);
    private static final Duration MAX_WAIT_WHEN_LIMITED = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(10);

    private final DeskRules rules;

    TokenLife(DeskRules rules) {
        this.rules = rules;
    }

    /** Says anew when the account's token is due. */
    void schedule(Draft draft, BrokerAccount account) {
        account.setNextRefreshAt(due(draft, account));
    }

    private Instant due(Draft draft, BrokerAccount account) {
        if (!account.getUsesTokens()
                || account.getStatus() != BrokerAccountStatus.ACTIVE
                || account.getRefresh() != null
                || !hasCredentials(account)) {
            return null;
        }
        var token = account.getToken();
        if (token != null && token.getStatus() == BrokerTokenStatus.REVOKED) {
            return null;
        }
        if (account.getFailedRefreshes() > 0) {
            var planned = account.getNextRefreshAt();
            return planned != null ? planned : draft.now().plus(pause(account.getFailedRefreshes()));
        }
        return token == null || token.getStatus() == BrokerTokenStatus.EXPIRED ? draft.now() : renewAt(token);
    }

    /** When a valid token is to be renewed. */
    private Instant renewAt(BrokerToken token) {
        if (token.getExpiresAt() == null) {
            // One that a person brought may end at any moment; one that the broker has just given hardly will.
            return token.getIssuedBy() == TokenOrigin.PERSON
                    ? token.getIssuedAt()
                    : token.getIssuedAt().plus(rules.refreshWindow());
        }
        var halfLife =
                Duration.between(token.getIssuedAt(), token.getExpiresAt()).dividedBy(2);
        var window = halfLife.compareTo(rules.refreshWindow()) < 0 ? halfLife : rules.refreshWindow();
        return token.getExpiresAt().minus(window);
    }

    private static Duration pause(int failures) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    /** Why a refresh is asked for when time asks for it. */
    RefreshTrigger triggerOfTime(BrokerAccount account) {
        var token = account.getToken();
        if (token != null && token.getStatus() == BrokerTokenStatus.EXPIRED) {
            return RefreshTrigger.EXPIRED;
        }
        return account.getFailedRefreshes() > 0 ? RefreshTrigger.EXPIRY_SOON : RefreshTrigger.SCHEDULED;
    }

    void issue(Draft draft, String id, NewToken issued) throws RefusedException {
        var stored = draft.require(id);
        if (!stored.getUsesTokens()) {
            throw new RefusedException(DeskReason.USES_NO_TOKENS, "the broker gives no tokens to " + id);
        }
        if (issued.getAccess().getVersion() != stored.getLastTokenVersion() + 1) {
            throw new RefusedException(
                    DeskReason.VERSION_CONFLICT,
                    "the token has version " + issued.getAccess().getVersion() + ": the one after "
                            + stored.getLastTokenVersion() + " was due");
        }
        var account = draft.edit(id);
        account.setLastTokenVersion(issued.getAccess().getVersion());
        account.setFailedRefreshes(0);
        cancelUnstarted(draft, account, "token_issued");
        take(draft, account, issued, TokenOrigin.PERSON);
        schedule(draft, account);
    }

    void request(Draft draft, String id, RefreshRequested request) throws RefusedException {
        var stored = draft.require(id);
        requireRefreshable(draft, stored, request);
        var account = draft.edit(id);
        account.setLastRefreshNumber(account.getLastRefreshNumber() + 1);
        account.setRefresh(OpenRefresh.newBuilder()
                .setNumber(account.getLastRefreshNumber())
                .setTrigger(request.getTrigger())
                .setRequestedAt(draft.now())
                .setAttempt(1)
                .setPhase(RefreshPhase.WAITING)
                .setUntil(draft.now())
                .setTokenVersion(versionOf(account))
                .setTokenHash(
                        account.getToken() == null ? null : account.getToken().getHash())
                .setForced(request.getForce())
                .build());
        account.setNextRefreshAt(null);
        draft.note(history(account, RefreshOutcome.PENDING, null, null));
    }

    private void requireRefreshable(Draft draft, BrokerAccount account, RefreshRequested request)
            throws RefusedException {
        var id = account.getId();
        if (!account.getUsesTokens()) {
            throw new RefusedException(DeskReason.USES_NO_TOKENS, "the broker gives no tokens to " + id);
        }
        if (!hasCredentials(account)) {
            throw new RefusedException(DeskReason.NO_CREDENTIALS, id + " has no secret to log in with");
        }
        if (account.getRefresh() != null) {
            throw new RefusedException(
                    DeskReason.REFRESH_UNDER_WAY,
                    "refresh " + account.getRefresh().getNumber() + " of " + id + " is under way");
        }
        if (request.getTokenVersion() != null && request.getTokenVersion() != versionOf(account)) {
            throw new RefusedException(
                    DeskReason.TOKEN_CHANGED,
                    "the token has version " + versionOf(account) + ": the refresh was for version "
                            + request.getTokenVersion());
        }
        if (request.getForce()) {
            return;
        }
        if (account.getStatus() != BrokerAccountStatus.ACTIVE) {
            throw new RefusedException(
                    DeskReason.BROKER_ACCOUNT_NOT_ACTIVE, id + " is " + account.getStatus() + ": it must be ACTIVE");
        }
        var token = account.getToken();
        if (request.getTrigger() != RefreshTrigger.ERROR
                && token != null
                && token.getStatus() == BrokerTokenStatus.VALID
                && renewAt(token).isAfter(draft.now())) {
            throw new RefusedException(
                    DeskReason.REFRESH_NOT_DUE, "the token of " + id + " is due at " + renewAt(token));
        }
    }

    void start(Draft draft, String id, RefreshStarted start) throws RefusedException {
        var open = draft.require(id).getRefresh();
        var isOffered = open != null
                && open.getNumber() == start.getNumber()
                && open.getAttempt() == start.getAttempt()
                && open.getPhase() == RefreshPhase.OFFERED;
        if (!isOffered) {
            throw new RefusedException(
                    DeskReason.ATTEMPT_NOT_OFFERED,
                    "attempt " + start.getAttempt() + " of refresh " + start.getNumber() + " of " + id
                            + " is not on offer: it has ended or another worker has it");
        }
        var refresh = draft.edit(id).getRefresh();
        refresh.setPhase(RefreshPhase.STARTED);
        refresh.setWorker(start.getWorker());
        refresh.setUntil(draft.now().plus(rules.lease()));
    }

    /**
     * Takes the token of any attempt, also of one whose lease has ended: the broker may have made the one before invalid.
     * The refresh ends with it unless a later attempt is calling the broker.
     */
    void succeed(Draft draft, String id, RefreshSucceeded success) throws RefusedException {
        var stored = draft.require(id);
        long version = success.getToken().getAccess().getVersion();
        if (version > stored.getLastTokenVersion() || version <= versionOf(stored)) {
            throw new RefusedException(
                    DeskReason.VERSION_CONFLICT,
                    "the token has version " + version + ": the account has version " + versionOf(stored)
                            + ", and the last that was offered is " + stored.getLastTokenVersion());
        }
        var account = draft.edit(id);
        take(draft, account, success.getToken(), TokenOrigin.REFRESH);
        account.setFailedRefreshes(0);
        account.getUsage().setErrorsInRow(0);
        var open = account.getRefresh();
        var isNoLongerOut = open != null
                && (open.getPhase() != RefreshPhase.STARTED
                        || (open.getNumber() == success.getNumber() && open.getAttempt() == success.getAttempt()));
        if (isNoLongerOut) {
            end(draft, account, RefreshOutcome.SUCCEEDED, null);
        }
        schedule(draft, account);
    }

    void fail(Draft draft, String id, RefreshFailed failure) throws RefusedException {
        var open = draft.require(id).getRefresh();
        var isTheOne = open != null
                && open.getNumber() == failure.getNumber()
                && open.getAttempt() == failure.getAttempt()
                && (failure.getWorker() == null
                        ? isOverdue(draft, open)
                        : open.getPhase() == RefreshPhase.STARTED
                                && failure.getWorker().equals(open.getWorker()));
        if (!isTheOne) {
            throw new RefusedException(
                    DeskReason.ATTEMPT_NOT_STARTED,
                    "attempt " + failure.getAttempt() + " of refresh " + failure.getNumber() + " of " + id
                            + " is not under way in this worker");
        }
        var account = draft.edit(id);
        var refresh = account.getRefresh();
        refresh.setLastCode(failure.getCode());
        if (versionOf(account) > refresh.getTokenVersion()) {
            // An attempt that was given up had succeeded after all, or a person brought a token.
            end(draft, account, RefreshOutcome.SUCCEEDED, null);
        } else if (failure.getRetry() == RetryAdvice.NEVER
                || refresh.getAttempt() >= rules.attempts()
                || (account.getStatus() != BrokerAccountStatus.ACTIVE && !refresh.getForced())) {
            account.setFailedRefreshes(account.getFailedRefreshes() + 1);
            end(draft, account, RefreshOutcome.FAILED, failure.getCode());
            Usage.countError(draft, account, failure.getCode());
            account.setNextRefreshAt(null);
        } else {
            refresh.setUntil(draft.now().plus(waitAfter(failure)));
            refresh.setAttempt(refresh.getAttempt() + 1);
            refresh.setPhase(RefreshPhase.WAITING);
            refresh.setWorker(null);
            return;
        }
        schedule(draft, account);
    }

    /** Whether nobody can report on the attempt any more, or nobody has taken it for too long. */
    boolean isOverdue(Draft draft, OpenRefresh refresh) {
        return switch (refresh.getPhase()) {
            case STARTED -> !draft.now().isBefore(refresh.getUntil());
            case OFFERED -> !draft.now().isBefore(refresh.getRequestedAt().plus(DeskRules.REFRESH_TIMEOUT));
            case WAITING -> false;
        };
    }

    private static Duration waitAfter(RefreshFailed failure) {
        if (failure.getRetry() == RetryAdvice.SOON) {
            return FIRST_RETRY.multipliedBy(1L << Math.min(failure.getAttempt() - 1, 10));
        }
        if (failure.getRetryAfterMs() == null) {
            return WAIT_WHEN_LIMITED;
        }
        var asked = Duration.ofMillis(Math.max(0, failure.getRetryAfterMs()));
        return asked.compareTo(MAX_WAIT_WHEN_LIMITED) < 0 ? asked : MAX_WAIT_WHEN_LIMITED;
    }

    void cancel(Draft draft, String id, RefreshCancelled cancelled) throws RefusedException {
        var open = draft.require(id).getRefresh();
        if (open == null || open.getNumber() != cancelled.getNumber()) {
            throw new RefusedException(
                    DeskReason.REFRESH_NOT_FOUND,
                    "refresh " + cancelled.getNumber() + " of " + id + " is not under way");
        }
        if (open.getPhase() == RefreshPhase.STARTED) {
            throw new RefusedException(
                    DeskReason.REFRESH_STARTED, "refresh " + open.getNumber() + " of " + id + " is calling the broker");
        }
        var account = draft.edit(id);
        cancelUnstarted(draft, account, cancelled.getReason());
        // Otherwise time would ask for the same at once.
        account.setNextRefreshAt(draft.now().plus(MAX_PAUSE));
    }

    void revoke(Draft draft, String id) throws RefusedException {
        var token = draft.require(id).getToken();
        if (token == null || token.getStatus() == BrokerTokenStatus.REVOKED) {
            throw new RefusedException(DeskReason.TOKEN_NOT_FOUND, id + " has no token that could be revoked");
        }
        var account = draft.edit(id);
        account.getToken().setStatus(BrokerTokenStatus.REVOKED);
        cancelUnstarted(draft, account, "token_revoked");
        schedule(draft, account);
    }

    void expire(Draft draft, String id, TokenExpired expired) throws RefusedException {
        var token = draft.require(id).getToken();
        if (token == null
                || token.getVersion() != expired.getTokenVersion()
                || token.getStatus() != BrokerTokenStatus.VALID) {
            throw new RefusedException(
                    DeskReason.TOKEN_NOT_FOUND, id + " has no valid token of version " + expired.getTokenVersion());
        }
        var account = draft.edit(id);
        account.getToken().setStatus(BrokerTokenStatus.EXPIRED);
        schedule(draft, account);
    }

    /** Ends a refresh that no worker has started. */
    void cancelUnstarted(Draft draft, BrokerAccount account, String reason) {
        if (account.getRefresh() != null && account.getRefresh().getPhase() != RefreshPhase.STARTED) {
            end(draft, account, RefreshOutcome.CANCELLED, reason);
        }
    }

    private void end(Draft draft, BrokerAccount account, RefreshOutcome outcome, String code) {
        draft.note(history(account, outcome, code, draft.now()));
        account.setRefresh(null);
    }

    private void take(Draft draft, BrokerAccount account, NewToken given, TokenOrigin origin) {
        var before = account.getToken();
        var refresh = given.getRefresh() == null && before != null ? before.getRefresh() : given.getRefresh();
        var isOver = given.getExpiresAt() != null && !given.getExpiresAt().isAfter(draft.now());
        account.setToken(BrokerToken.newBuilder()
                .setVersion(given.getAccess().getVersion())
                .setAccess(given.getAccess())
                .setRefresh(refresh)
                .setHash(given.getHash())
                .setIssuedAt(given.getIssuedAt())
                .setExpiresAt(given.getExpiresAt())
                .setStatus(isOver ? BrokerTokenStatus.EXPIRED : BrokerTokenStatus.VALID)
                .setIssuedBy(origin)
                .build());
    }

    private static TokenRefresh history(BrokerAccount account, RefreshOutcome outcome, String code, Instant endedAt) {
        var refresh = account.getRefresh();
        var token = account.getToken();
        return TokenRefresh.newBuilder()
                .setAccountId(account.getId())
                .setNumber(refresh.getNumber())
                .setTrigger(refresh.getTrigger())
                .setRequestedAt(refresh.getRequestedAt())
                .setEndedAt(endedAt)
                .setOutcome(outcome)
                .setCode(code)
                .setAttempts(refresh.getAttempt())
                .setOldTokenHash(refresh.getTokenHash())
                .setNewTokenHash(outcome == RefreshOutcome.SUCCEEDED ? token.getHash() : null)
                .build();
    }

    private static long versionOf(BrokerAccount account) {
        return account.getToken() == null ? 0 : account.getToken().getVersion();
    }

    /** Whether it has anything to log in with. */
    static boolean hasCredentials(BrokerAccount account) {
        return !account.getSecrets().isEmpty()
                || (account.getToken() != null && account.getToken().getRefresh() != null);
    }
}
