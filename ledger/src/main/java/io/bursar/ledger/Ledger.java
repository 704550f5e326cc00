package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Hash;
import io.bursar.schemas.Micros;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides. The same rows and the same command give the same decision, on any machine, in any year; deciding changes
 * nothing outside of the decision. Safe for use by several threads on different accounts.
 */
public final class Ledger {
    private final LedgerRules rules;
    private final Funds funds;
    private final Transfers transfers;
    private final Quotas quotas;
    private final Orders orders;
    private final Fills fills;

    /** A ledger with these assets, instruments and periods. */
    public Ledger(ReferenceData reference, LedgerRules rules) {
        this.rules = rules;
        this.funds = new Funds(reference);
        this.transfers = new Transfers(reference);
        this.quotas = new Quotas(reference);
        this.orders = new Orders(reference, rules);
        this.fills = new Fills(reference, rules);
    }

    /**
     * Decides a command: identity, then account, then fields, then rules. Orders of the account that are overdue at the
     * command's time expire first, so that they hold no money against it.
     */
    public Decision decide(AccountRows account, Command command) {
        var work = new WorkingAccount(account, rules);
        var answer = switch (command.body()) {
            case Fill fill -> arrive(work, command, fill);
            case TransferArrival arrival -> arrive(work, command, arrival);
            case TransferOutcome outcome -> conclude(work, command, outcome);
            default -> execute(work, command);
        };
        return new Decision(work, answer);
    }

    /**
     * Expires orders whose deadline lies before {@code now}, at most {@code atMost} of them, the earliest first. The
     * decision's account may have more; call again.
     */
    public Decision expire(AccountRows account, Instant now, int atMost) {
        var work = new WorkingAccount(account, rules);
        Orders.expireOverdue(work, now, atMost);
        return new Decision(work, null);
    }

    private Answer arrive(WorkingAccount work, Command command, Fill fill) {
        var executionId = JournalFold.executionId(fill);
        var known = work.execution(fill.getOrderId(), executionId);
        if (known != null && known.getContents().contains(command.contentHash())) {
            return new Answer(null, work.account().getSequence(), true);
        }
        // A fill is a fact, whatever its clock said.
        var latest = command.receivedAt().plus(rules.futureTolerance());
        var occurredAt = command.occurredAt().isAfter(latest) ? latest : command.occurredAt();
        Orders.expireOverdue(work, occurredAt, Integer.MAX_VALUE);
        // Expiries move the account's time on, and what was known may be forgotten by now.
        if (work.execution(fill.getOrderId(), executionId) != null) {
            fills.arriveUnderUsedId(work, command, fill, occurredAt);
        } else {
            fills.arrive(work, command, fill, occurredAt);
        }
        return null;
    }

    private Answer arrive(WorkingAccount work, Command command, TransferArrival arrival) {
        if (work.command(Transfers.identity(arrival, command.occurredAt())) != null) {
            return new Answer(null, work.account().getSequence(), true);
        }
        Orders.expireOverdue(work, command.occurredAt(), Integer.MAX_VALUE);
        // What could not be recognised as a repeat must not arrive twice: it goes back, where it is known.
        var earliest = work.account().getAccountTime().minus(rules.commandMemory());
        transfers.arrive(work, command, arrival, command.occurredAt().isBefore(earliest));
        return null;
    }

    private Answer conclude(WorkingAccount work, Command command, TransferOutcome outcome) {
        if (work.transfer(outcome.getTransferId()) == null) {
            return new Answer(null, work.account().getSequence(), true);
        }
        Orders.expireOverdue(work, command.occurredAt(), Integer.MAX_VALUE);
        transfers.conclude(work, command, outcome);
        return null;
    }

    private Answer execute(WorkingAccount work, Command command) {
        var earlier = earlier(work, command);
        if (earlier != null && earlier.contentHash().equals(command.contentHash())) {
            return new Answer(earlier.rejection(), earlier.sequence(), true);
        }
        var refusal = earlier != null || isOnItsWay(work, command)
                ? because(command.isPlacement() ? ReasonCode.ORDER_ID_REUSED : ReasonCode.COMMAND_ID_REUSED)
                : refuseByTime(work, command);
        if (refusal == null) {
            Orders.expireOverdue(work, command.occurredAt(), Integer.MAX_VALUE);
            refusal = tryExecute(work, command);
        }
        if (refusal != null) {
            journal(work, command, refusal);
            return new Answer(refusal, work.account().getSequence(), false);
        }
        long sequence = work.account().getSequence();
        if (command.body() instanceof PlaceOrder place) {
            fills.settleWaiting(work, command, place.getOrderId());
        }
        return new Answer(null, sequence, false);
    }

    /** What was decided under the same identity before. */
    private record Earlier(Hash contentHash, Rejection rejection, long sequence) {}

    private static Earlier earlier(WorkingAccount work, Command command) {
        if (command.body() instanceof PlaceOrder place) {
            var order = work.order(place.getOrderId());
            return order == null
                    ? null
                    : new Earlier(order.getContentHash(), order.getRejection(), order.getDecidedSequence());
        }
        var decided = work.command(command.commandId());
        return decided == null
                ? null
                : new Earlier(decided.getContentHash(), decided.getRejection(), decided.getSequence());
    }

    /** A transfer's id is used as long as the money is on its way: the outcome names nothing else. */
    private static boolean isOnItsWay(WorkingAccount work, Command command) {
        return work.account().getTransfersOnTheirWay() > 0
                && !command.isPlacement()
                && work.transfer(command.commandId()) != null;
    }

    private Rejection refuseByTime(WorkingAccount work, Command command) {
        Duration memory = command.isPlacement() ? rules.orderMemory() : rules.commandMemory();
        var earliest = work.account().getAccountTime().minus(memory);
        if (command.occurredAt().isBefore(earliest)) {
            return beyond(ReasonCode.COMMAND_TOO_OLD, Micros.of(earliest), Micros.of(command.occurredAt()));
        }
        var latest = command.receivedAt().plus(rules.futureTolerance());
        if (command.occurredAt().isAfter(latest)) {
            return beyond(ReasonCode.OCCURRED_IN_THE_FUTURE, Micros.of(latest), Micros.of(command.occurredAt()));
        }
        return null;
    }

    /** Carries the command out or says why not; nothing has changed then. */
    private Rejection tryExecute(WorkingAccount work, Command command) {
        try {
            return switch (command.body()) {
                case OpenAccount open -> AccountLifeCycle.open(work, command, open);
                case SuspendAccount suspend -> AccountLifeCycle.suspend(work, command, suspend);
                case ResumeAccount resume -> AccountLifeCycle.resume(work, command, resume);
                case CloseAccount close -> AccountLifeCycle.close(work, command, close);
                case Deposit deposit -> funds.deposit(work, command, deposit);
                case Withdraw withdraw -> funds.withdraw(work, command, withdraw);
                case Adjust adjust -> funds.adjust(work, command, adjust);
                case Transfer transfer -> transfers.send(work, command, transfer);
                case UpdateAccount update -> AccountLifeCycle.update(work, command, update);
                case AllocateFunds allocate -> funds.allocate(work, command, allocate);
                case SetQuota set -> quotas.setQuota(work, command, set);
                case SetLimits set -> quotas.setLimits(work, command, set);
                case PlaceOrder place -> orders.place(work, command, place);
                case CancelOrder cancel -> orders.cancel(work, command, cancel);
                case AmendOrder amend -> orders.amend(work, command, amend);
                case ExtendOrder extend -> orders.extend(work, command, extend);
                case ResolveFill resolve -> fills.resolve(work, command, resolve);
                default ->
                    throw new IllegalArgumentException(
                            "no rule for a " + command.body().getSchema().getFullName());
            };
        } catch (ArithmeticException overflow) {
            return because(ReasonCode.AMOUNT_OVERFLOWS);
        }
    }

    private void journal(WorkingAccount work, Command command, Rejection refusal) {
        if (command.body() instanceof PlaceOrder place) {
            orders.reject(work, command, place, refusal);
        } else {
            new EntryDraft(work)
                    .append(
                            Cause.of(command),
                            command.occurredAt(),
                            new CommandRejected(command.body(), refusal),
                            null,
                            null);
        }
    }
}
