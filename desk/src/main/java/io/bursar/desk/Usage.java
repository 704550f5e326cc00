package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountUsage;
import io.bursar.schemas.OperationCounts;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.RouterShare;
import io.bursar.schemas.RoutingCount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.OptionalLong;

/** Counts what callers report of an account, and suspends it after too many errors in a row. */
public final class Usage {
    private static final int DURATIONS = 100;
    private static final Duration SHARE_KEPT = Duration.ofDays(1);

    /** They lie in the account's row: of routers that report no more the oldest go first. */
    private static final int MAX_SHARES = 16;

    /** Reports of others than these are counted as calls alone. */
    private static final int MAX_OPERATIONS = 64;

    private Usage() {}

    static void count(Draft draft, BrokerAccount account, OperationOutcome outcome, TokenLife tokens) {
        var usage = account.getUsage();
        int today = dayOf(draft.now());
        if (usage.getDay() != today) {
            usage.setDay(today);
            usage.setCallsOfDay(0);
        }
        usage.setCallsOfDay(usage.getCallsOfDay() + 1);
        var counts = countsOf(account, outcome.getOperation());
        counts.setCalls(counts.getCalls() + 1);
        if (outcome.getDurationMicros() != null) {
            usage.getDurations().add(outcome.getDurationMicros());
            if (usage.getDurations().size() > DURATIONS) {
                usage.getDurations().removeFirst();
            }
        }
        if (outcome.getSuccess()) {
            usage.setErrorsInRow(0);
            return;
        }
        counts.setErrors(counts.getErrors() + 1);
        if (countError(draft, account, outcome.getCode() == null ? "unknown" : outcome.getCode())) {
            tokens.cancelUnstarted(draft, account, "account_not_active");
            tokens.schedule(draft, account);
        }
    }

    /** Whether the account is suspended for it. */
    static boolean countError(Draft draft, BrokerAccount account, String code) {
        var usage = account.getUsage();
        usage.setErrorsInRow(usage.getErrorsInRow() + 1);
        usage.setLastError(code);
        usage.setLastErrorAt(draft.now());
        if (usage.getErrorsInRow() < DeskRules.MAX_ERRORS || account.getStatus() != BrokerAccountStatus.ACTIVE) {
            return false;
        }
        account.setStatus(BrokerAccountStatus.SUSPENDED);
        account.setSuspendedByErrors(true);
        return true;
    }

    static void count(Draft draft, BrokerAccount account, RoutingCount routing) {
        var counts = countsOf(account, routing.getOperation());
        var shares = new ArrayList<>(counts.getRouters());
        shares.removeIf(share -> isOld(share, draft.now()));
        counts.setRouters(shares);
        var share = shares.stream()
                .filter(known -> known.getRouter().equals(routing.getRouter()))
                .findAny()
                .orElseGet(() -> {
                    if (shares.size() >= MAX_SHARES) {
                        shares.remove(Collections.min(shares, Comparator.comparing(RouterShare::getReportedAt)));
                    }
                    var added = new RouterShare(routing.getRouter(), 0L, draft.now());
                    shares.add(added);
                    return added;
                });
        long more = routing.getRouted() - share.getRouted();
        if (more > 0) {
            counts.setRouted(counts.getRouted() + more);
            share.setRouted(routing.getRouted());
        }
        share.setReportedAt(draft.now());
        var rotated = routing.getRotatedAt();
        if (rotated != null
                && (counts.getRotatedAt() == null || counts.getRotatedAt().isBefore(rotated))) {
            counts.setRotatedAt(rotated);
        }
    }

    /** How long the last 100 calls took that were reported with a time, rounded down; empty when there are none. */
    public static OptionalLong meanMicros(BrokerAccountUsage usage) {
        var durations = usage.getDurations();
        long sum = 0;
        for (long duration : durations) {
            sum += duration;
        }
        return durations.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum / durations.size());
    }

    /** How many calls were reported on the UTC day of an instant, as long as it is not over. */
    public static long callsOfDay(BrokerAccountUsage usage, Instant now) {
        return usage.getDay() == dayOf(now) ? usage.getCallsOfDay() : 0;
    }

    private static int dayOf(Instant instant) {
        return (int) LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay();
    }

    private static boolean isOld(RouterShare share, Instant now) {
        return share.getReportedAt().plus(SHARE_KEPT).isBefore(now);
    }

    private static OperationCounts countsOf(BrokerAccount account, String operation) {
        var all = account.getUsage().getOperations();
        return all.stream()
                .filter(known -> known.getOperation().equals(operation))
                .findAny()
                .orElseGet(() -> {
                    var added =
                            OperationCounts.newBuilder().setOperation(operation).build();
                    if (all.size() < MAX_OPERATIONS) {
                        all.add(added);
                    }
                    return added;
                });
    }
}
