package io.bursar.ledger;

import io.bursar.schemas.AccountClosed;
import io.bursar.schemas.AccountOpened;
import io.bursar.schemas.AccountResumed;
import io.bursar.schemas.AccountSuspended;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.ExecutionOutcome;
import io.bursar.schemas.state.SuspendedFill;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a journal entry does to the rows of its account. The ledger changes state in no other way, so the stores and a
 * replay of the journal agree by construction.
 */
public final class JournalFold {
    private JournalFold() {}

    /**
     * Applies the entry that follows the ones already in {@code before}.
     *
     * @throws IllegalStateException when another entry comes next, or it resolves a fill that is not suspended
     */
    public static void apply(JournalEntry entry, AccountRows before, RowSink after) {
        var account = before.account();
        if (entry.getSequence() != account.getSequence() + 1) {
            throw new IllegalStateException("account " + entry.getAccountId() + ": entry " + entry.getSequence()
                    + " does not follow entry " + account.getSequence());
        }
        var accountTime = isAccepted(entry) && entry.getOccurredAt().isAfter(account.getAccountTime())
                ? entry.getOccurredAt()
                : account.getAccountTime();
        int openOrders = account.getOpenOrders();
        var order = entry.getOrder();
        if (order != null) {
            openOrders += countOpen(order) - countOpen(before.order(order.getOrderId()));
        }
        int suspendedFills = account.getSuspendedFills() + applyFill(entry, accountTime, before, after);
        if (order != null) {
            after.put(order);
        }
        applyCommand(entry, accountTime, after);
        after.put(changed(account, entry, accountTime, openOrders, suspendedFills));
    }

    /** What an entry records, as the header of its journal record says: the name of its body's schema. */
    public static String kind(JournalEntry entry) {
        return ((SpecificRecord) entry.getBody()).getSchema().getName();
    }

    private static AccountState changed(
            AccountState account, JournalEntry entry, Instant accountTime, int openOrders, int suspendedFills) {
        var opened = entry.getBody() instanceof AccountOpened body ? body.getOpen() : null;
        return new AccountState(
                account.getAccountId(),
                status(account, entry),
                opened == null ? account.getOwner() : opened.getOwner(),
                opened == null ? account.getName() : opened.getName(),
                opened == null ? account.getTakerFeeRate() : opened.getTakerFeeRate(),
                accountTime,
                openOrders,
                suspendedFills,
                Accounts.replaced(account.getBalances(), entry.getBalances()),
                Accounts.replaced(account.getPositions(), entry.getPosition()),
                entry.getSequence(),
                entry.getHash(),
                opened == null ? account.getCostMethod() : opened.getCostMethod(),
                opened == null ? account.getMarketPermissions() : opened.getMarketPermissions(),
                account.getQuotas(),
                account.getTransfersOnTheirWay());
    }

    private static AccountStatus status(AccountState account, JournalEntry entry) {
        return switch (entry.getBody()) {
            case AccountOpened opened -> AccountStatus.OPEN;
            case AccountSuspended suspended -> AccountStatus.SUSPENDED;
            case AccountResumed resumed -> AccountStatus.OPEN;
            case AccountClosed closed -> AccountStatus.CLOSED;
            default -> account.getStatus();
        };
    }

    /** Account time follows what took effect; a refusal and a suspension have no effect yet. */
    private static boolean isAccepted(JournalEntry entry) {
        return switch (entry.getBody()) {
            case OrderRejected rejected -> false;
            case CommandRejected rejected -> false;
            case FillSuspended suspended -> false;
            default -> true;
        };
    }

    private static int countOpen(Order order) {
        return order != null && Orders.isOpen(order) ? 1 : 0;
    }

    /** The change in the number of suspended fills. */
    private static int applyFill(JournalEntry entry, Instant accountTime, AccountRows before, RowSink after) {
        return switch (entry.getBody()) {
            case FillSuspended body -> {
                remember(body.getFill(), entry, accountTime, before, after);
                after.put(new SuspendedFill(
                        entry.getSequence(), entry.getOccurredAt(), body.getFill(), body.getRejection()));
                yield 1;
            }
            case FillSettled body
            when body.getSuspendedSequence() == null -> {
                remember(body.getFill(), entry, accountTime, before, after);
                yield 0;
            }
            case FillSettled body -> resolve(body.getSuspendedSequence(), entry, accountTime, before, after);
            case FillDiscarded body -> resolve(body.getSuspendedSequence(), entry, accountTime, before, after);
            default -> 0;
        };
    }

    private static int resolve(
            long sequence, JournalEntry entry, Instant accountTime, AccountRows before, RowSink after) {
        var suspended = before.suspendedFill(sequence);
        if (suspended == null) {
            throw new IllegalStateException("account " + entry.getAccountId() + ": entry " + entry.getSequence()
                    + " resolves entry " + sequence + ", which is not suspended");
        }
        // Its repeats are recognised from now on for as long as those of a fill that came now.
        var fill = suspended.getFill();
        var known = before.execution(fill.getOrderId(), fill.getExecutionId());
        after.put(new Execution(
                fill.getOrderId(),
                fill.getExecutionId(),
                known.getContents(),
                later(accountTime, entry),
                outcome(entry),
                0L,
                0L));
        after.remove(suspended);
        return -1;
    }

    private static void remember(
            Fill fill, JournalEntry entry, Instant accountTime, AccountRows before, RowSink after) {
        // Only another content joins those before it; else the id is new, or what was known of it is forgotten by now.
        var known = isUnderUsedId(entry) ? before.execution(fill.getOrderId(), fill.getExecutionId()) : null;
        var contents = known == null ? new ArrayList<Hash>(1) : new ArrayList<>(known.getContents());
        contents.add(entry.getContentHash());
        after.put(new Execution(
                fill.getOrderId(),
                fill.getExecutionId(),
                contents,
                later(accountTime, entry),
                known == null ? outcome(entry) : known.getOutcome(),
                0L,
                0L));
    }

    private static ExecutionOutcome outcome(JournalEntry entry) {
        return entry.getBody() instanceof FillSettled ? ExecutionOutcome.SETTLED : ExecutionOutcome.NOT_SETTLED;
    }

    private static boolean isUnderUsedId(JournalEntry entry) {
        return entry.getBody() instanceof FillSuspended body
                && body.getRejection().getReason().equals(ReasonCode.EXECUTION_ID_REUSED.text());
    }

    private static void applyCommand(JournalEntry entry, Instant accountTime, RowSink after) {
        if (entry.getCommandId() == null || isPlacement(entry)) {
            return;
        }
        var rejection = entry.getBody() instanceof CommandRejected rejected ? rejected.getRejection() : null;
        if (rejection == null || spendsId(rejection)) {
            after.put(new CommandRecord(
                    entry.getCommandId(),
                    entry.getContentHash(),
                    later(accountTime, entry),
                    entry.getSequence(),
                    rejection));
        }
    }

    private static boolean isPlacement(JournalEntry entry) {
        return entry.getBody() instanceof OrderAccepted || entry.getBody() instanceof OrderRejected;
    }

    static boolean spendsId(Rejection rejection) {
        return ReasonCode.of(rejection.getReason()).spendsId();
    }

    private static Instant later(Instant accountTime, JournalEntry entry) {
        return entry.getOccurredAt().isAfter(accountTime) ? entry.getOccurredAt() : accountTime;
    }
}
