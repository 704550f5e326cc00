package io.bursar.ledger;

import io.bursar.schemas.AccountClosed;
import io.bursar.schemas.AccountOpened;
import io.bursar.schemas.AccountResumed;
import io.bursar.schemas.AccountSuspended;
import io.bursar.schemas.AccountUpdated;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.Position;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Side;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.TransferReceived;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.TransferReturned;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.ExecutionOutcome;
import io.bursar.schemas.state.InTransit;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a journal entry does to the rows of its account. The ledger changes state in no other way, so the stores and a
 * replay of the journal agree by construction.
 */
public final class JournalFold {
    private static final UpdateAccount NO_UPDATE = new UpdateAccount(null, null, null);

    private JournalFold() {}

    /**
     * Applies the entry that follows the ones already in {@code before}.
     *
     * @throws IllegalStateException when another entry comes next, or it resolves a fill that is not suspended,
     *     takes back an execution that is not settled, or concludes a transfer that is not on its way
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
        int quotas = account.getQuotas() + Quotas.apply(entry, accountTime, before, after);
        var inTransit = inTransit(entry, before);
        int transfers = account.getTransfersOnTheirWay() + applyTransfer(entry, accountTime, before, after);
        if (entry.getPosition() != null) {
            applyLots(entry, account, after);
        }
        if (order != null) {
            after.put(order);
        }
        applyCommand(entry, accountTime, after);
        after.put(changed(account, entry, accountTime, openOrders, suspendedFills, quotas, transfers, inTransit));
    }

    /** What an entry records, as the header of its journal record says: the name of its body's schema. */
    public static String kind(JournalEntry entry) {
        return ((SpecificRecord) entry.getBody()).getSchema().getName();
    }

    /** What the account knows the execution of a fill by; a bust lies beside what it takes back. No id has a slash. */
    static String executionId(Fill fill) {
        return fill.getKind() == FillKind.BUST ? fill.getExecutionId() + "/BUST" : fill.getExecutionId();
    }

    private static AccountState changed(
            AccountState account,
            JournalEntry entry,
            Instant accountTime,
            int openOrders,
            int suspendedFills,
            int quotas,
            int transfers,
            List<InTransit> inTransit) {
        var opened = entry.getBody() instanceof AccountOpened body ? body.getOpen() : null;
        var updated = entry.getBody() instanceof AccountUpdated body ? body.getUpdate() : NO_UPDATE;
        return new AccountState(
                account.getAccountId(),
                status(account, entry),
                opened == null ? account.getOwner() : opened.getOwner(),
                opened == null ? orElse(updated.getName(), account.getName()) : opened.getName(),
                opened == null
                        ? orElse(updated.getTakerFeeRate(), account.getTakerFeeRate())
                        : opened.getTakerFeeRate(),
                accountTime,
                openOrders,
                suspendedFills,
                Accounts.replaced(account.getBalances(), entry.getBalances()),
                Accounts.replaced(account.getPositions(), entry.getPosition()),
                entry.getSequence(),
                entry.getHash(),
                opened == null ? account.getCostMethod() : opened.getCostMethod(),
                opened == null
                        ? orElse(updated.getMarketPermissions(), account.getMarketPermissions())
                        : opened.getMarketPermissions(),
                quotas,
                transfers,
                inTransit);
    }

    private static <T> T orElse(T changed, T unchanged) {
        return changed == null ? unchanged : changed;
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
            case TransferRefused refused -> false;
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
                if (body.getFill().getKind() == FillKind.BUST) {
                    takeBack(body.getFill(), entry, before, after);
                }
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
        var known = before.execution(fill.getOrderId(), executionId(fill));
        after.put(
                entry.getBody() instanceof FillDiscarded
                        ? seen(known, known.getContents(), entry, accountTime)
                        : execution(fill, known.getContents(), entry, accountTime, before));
        if (entry.getBody() instanceof FillSettled && fill.getKind() == FillKind.BUST) {
            takeBack(fill, entry, before, after);
        }
        after.remove(suspended);
        return -1;
    }

    private static void remember(
            Fill fill, JournalEntry entry, Instant accountTime, AccountRows before, RowSink after) {
        // Only another content joins those before it; else the id is new, or what was known of it is forgotten by now.
        var known = isUnderUsedId(entry) ? before.execution(fill.getOrderId(), executionId(fill)) : null;
        if (known == null) {
            after.put(execution(fill, List.of(entry.getContentHash()), entry, accountTime, before));
            return;
        }
        var contents = new ArrayList<>(known.getContents());
        contents.add(entry.getContentHash());
        after.put(seen(known, contents, entry, accountTime));
    }

    /** What became of the execution stays: what came under its id is only suspended beside it, or discarded. */
    private static Execution seen(Execution known, List<Hash> contents, JournalEntry entry, Instant accountTime) {
        return new Execution(
                known.getOrderId(),
                known.getExecutionId(),
                contents,
                later(accountTime, entry),
                known.getOutcome(),
                known.getRealizedPnl(),
                known.getUncoveredQuantity(),
                known.getOrderPlacedAt());
    }

    /** What is kept of a fill under an id of its own: of a sale, what a bust would have to take back. */
    private static Execution execution(
            Fill fill, List<Hash> contents, JournalEntry entry, Instant accountTime, AccountRows before) {
        if (!(entry.getBody() instanceof FillSettled settled)) {
            return new Execution(
                    fill.getOrderId(),
                    executionId(fill),
                    contents,
                    later(accountTime, entry),
                    ExecutionOutcome.NOT_SETTLED,
                    0L,
                    0L,
                    null);
        }
        boolean isSale = fill.getSide() == Side.SELL && fill.getKind() == FillKind.NEW;
        return new Execution(
                fill.getOrderId(),
                executionId(fill),
                contents,
                later(accountTime, entry),
                ExecutionOutcome.SETTLED,
                isSale ? settled.getRealizedPnl() : 0,
                isSale ? uncovered(entry.getPosition(), before.account()) : 0,
                entry.getOrder() == null ? null : entry.getOrder().getPlacedAt());
    }

    private static long uncovered(Position position, AccountState before) {
        var old = Accounts.position(before, position.getStrategy(), position.getInstrument());
        return position.getUncoveredQuantity() - (old == null ? 0 : old.getUncoveredQuantity());
    }

    /** The execution that a bust names cannot be taken back again. */
    private static void takeBack(Fill bust, JournalEntry entry, AccountRows before, RowSink after) {
        var busted = before.execution(bust.getOrderId(), bust.getExecutionId());
        if (busted == null || busted.getOutcome() != ExecutionOutcome.SETTLED) {
            throw new IllegalStateException("account " + entry.getAccountId() + ": entry " + entry.getSequence()
                    + " takes back execution " + bust.getExecutionId() + " of order " + bust.getOrderId()
                    + ", which is not settled");
        }
        after.put(new Execution(
                busted.getOrderId(),
                busted.getExecutionId(),
                busted.getContents(),
                busted.getSeenAt(),
                ExecutionOutcome.BUSTED,
                busted.getRealizedPnl(),
                busted.getUncoveredQuantity(),
                busted.getOrderPlacedAt()));
    }

    /** Lots below the position's oldest are used up; at most one other lot has changed. */
    private static void applyLots(JournalEntry entry, AccountState account, RowSink after) {
        var position = entry.getPosition();
        var old = Accounts.position(account, position.getStrategy(), position.getInstrument());
        for (long number = old == null ? 0 : old.getOldestLot(); number < position.getOldestLot(); number++) {
            after.put(new Lot(position.getStrategy(), position.getInstrument(), number, 0L, 0L));
        }
        if (entry.getLot() != null) {
            after.put(entry.getLot());
        }
    }

    /** The change in the number of transfers on their way. */
    private static int applyTransfer(JournalEntry entry, Instant accountTime, AccountRows before, RowSink after) {
        return switch (entry.getBody()) {
            case FundsTransferred body -> {
                var transfer = body.getTransfer();
                after.put(new TransferOnItsWay(
                        entry.getCommandId(),
                        transfer.getToAccountId(),
                        transfer.getAsset(),
                        Transfers.inTransit(entry).getScale(),
                        transfer.getAmount()));
                yield 1;
            }
            case TransferConfirmed body -> conclude(body.getOutcome(), entry, before, after);
            case TransferReturned body -> conclude(body.getOutcome(), entry, before, after);
            case TransferReceived body -> {
                after.put(arrival(body.getArrival(), entry, accountTime, null));
                yield 0;
            }
            case TransferRefused body -> {
                after.put(arrival(body.getArrival(), entry, accountTime, body.getRejection()));
                yield 0;
            }
            default -> 0;
        };
    }

    private static List<InTransit> inTransit(JournalEntry entry, AccountRows before) {
        var inTransit = before.account().getInTransit();
        return switch (entry.getBody()) {
            case FundsTransferred body ->
                Accounts.withInTransit(
                        inTransit,
                        body.getTransfer().getAsset(),
                        body.getTransfer().getAmount());
            case TransferConfirmed body -> without(body.getOutcome(), inTransit, before);
            case TransferReturned body -> without(body.getOutcome(), inTransit, before);
            default -> inTransit;
        };
    }

    private static List<InTransit> without(TransferOutcome outcome, List<InTransit> inTransit, AccountRows before) {
        var transfer = before.transfer(outcome.getTransferId());
        return transfer == null
                ? inTransit
                : Accounts.withInTransit(inTransit, transfer.getAsset(), -transfer.getAmount());
    }

    private static int conclude(TransferOutcome outcome, JournalEntry entry, AccountRows before, RowSink after) {
        var transfer = before.transfer(outcome.getTransferId());
        if (transfer == null) {
            throw new IllegalStateException("account " + entry.getAccountId() + ": entry " + entry.getSequence()
                    + " concludes transfer " + outcome.getTransferId() + ", which is not on its way");
        }
        after.remove(transfer);
        return -1;
    }

    private static CommandRecord arrival(
            TransferArrival arrival, JournalEntry entry, Instant accountTime, Rejection rejection) {
        return new CommandRecord(
                Transfers.identity(arrival, entry.getOccurredAt()),
                entry.getContentHash(),
                later(accountTime, entry),
                entry.getSequence(),
                rejection);
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
