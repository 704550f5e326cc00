package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;
import static io.bursar.ledger.Rejections.lacking;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Micros;
import io.bursar.schemas.Posting;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.TransferReceived;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.TransferReturned;
import java.time.Instant;

/**
 * Money that goes from one account to another. Both may lie in different partitions, so it waits in {@code TRANSIT}
 * until the other account has taken it, or it comes back. Each side tells the other by a message that is written in one
 * transaction with the entry it follows from. Only unallocated money moves.
 */
public final class Transfers {
    private static final String UNALLOCATED = "";

    private final ReferenceData reference;

    Transfers(ReferenceData reference) {
        this.reference = reference;
    }

    /** What an entry has to tell another account, or null for most entries. */
    public static TransferMessage message(JournalEntry entry) {
        return switch (entry.getBody()) {
            case FundsTransferred body -> {
                var transfer = body.getTransfer();
                yield new TransferMessage(
                        transfer.getToAccountId(),
                        entry.getOccurredAt(),
                        new TransferArrival(
                                entry.getAccountId(),
                                entry.getCommandId(),
                                transfer.getAsset(),
                                inTransit(entry).getScale(),
                                transfer.getAmount()));
            }
            case TransferReceived body -> outcome(entry, body.getArrival(), null);
            case TransferRefused body ->
                outcome(entry, body.getArrival(), body.getRejection().getReason());
            default -> null;
        };
    }

    private static TransferMessage outcome(JournalEntry entry, TransferArrival arrival, String reason) {
        return new TransferMessage(
                arrival.getFromAccountId(),
                entry.getOccurredAt(),
                new TransferOutcome(entry.getAccountId(), arrival.getTransferId(), reason));
    }

    /** The posting of a transfer's entry to {@code TRANSIT}. */
    static Posting inTransit(JournalEntry entry) {
        for (var posting : entry.getPostings()) {
            if (posting.getLedgerAccount() == LedgerAccount.TRANSIT) {
                return posting;
            }
        }
        throw new IllegalStateException("account " + entry.getAccountId() + ": entry " + entry.getSequence()
                + " is of a transfer and posts nothing to TRANSIT");
    }

    /**
     * What an arrival is recognised by in the account where it arrives; no command id has a slash. The sender forgets its
     * command ids by its own time: one that it uses again is another transfer, of a later time.
     */
    static String identity(TransferArrival arrival, Instant occurredAt) {
        return arrival.getFromAccountId() + "/" + arrival.getTransferId() + "/" + Micros.of(occurredAt);
    }

    Rejection send(WorkingAccount work, Command command, Transfer transfer) {
        var refusal = AccountLifeCycle.unlessOpen(work.account());
        if (refusal != null) {
            return refusal;
        }
        var asset = reference.asset(transfer.getAsset());
        if (asset == null) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        if (transfer.getToAccountId().equals(command.accountId())) {
            return because(ReasonCode.ACCOUNTS_MUST_DIFFER);
        }
        if (transfer.getAmount() <= 0) {
            return beyond(ReasonCode.AMOUNT_MUST_BE_POSITIVE, 1, transfer.getAmount());
        }
        long available = Accounts.available(work.account(), UNALLOCATED, asset.getId());
        if (available < transfer.getAmount()) {
            return lacking(
                    ReasonCode.INSUFFICIENT_FUNDS,
                    UNALLOCATED,
                    asset.getId(),
                    asset.getScale(),
                    transfer.getAmount(),
                    available);
        }
        var entry = new EntryDraft(work);
        entry.move(
                LedgerAccount.AVAILABLE,
                LedgerAccount.TRANSIT,
                UNALLOCATED,
                asset.getId(),
                asset.getScale(),
                transfer.getAmount());
        entry.append(Cause.of(command), command.occurredAt(), new FundsTransferred(transfer), null, null);
        return null;
    }

    /**
     * Money of another account is here; it goes back when this one cannot take it.
     *
     * @param isTooOld whether it left before the window in which its repeat could be recognised
     */
    void arrive(WorkingAccount work, Command command, TransferArrival arrival, boolean isTooOld) {
        var refusal = isTooOld ? because(ReasonCode.COMMAND_TOO_OLD) : AccountLifeCycle.unlessKnown(work.account());
        if (refusal == null) {
            refusal = tryReceive(work, command, arrival);
        }
        if (refusal != null) {
            new EntryDraft(work)
                    .append(Cause.of(command), command.occurredAt(), new TransferRefused(arrival, refusal), null, null);
        }
    }

    private static Rejection tryReceive(WorkingAccount work, Command command, TransferArrival arrival) {
        try {
            var entry = new EntryDraft(work);
            entry.move(
                    LedgerAccount.TRANSIT,
                    LedgerAccount.AVAILABLE,
                    UNALLOCATED,
                    arrival.getAsset(),
                    arrival.getScale(),
                    arrival.getAmount());
            entry.append(Cause.of(command), command.occurredAt(), new TransferReceived(arrival), null, null);
            return null;
        } catch (ArithmeticException overflow) {
            return because(ReasonCode.AMOUNT_OVERFLOWS);
        }
    }

    /** The other account has taken the money, or it is back. */
    void conclude(WorkingAccount work, Command command, TransferOutcome outcome) {
        var entry = new EntryDraft(work);
        if (outcome.getReason() == null) {
            entry.append(Cause.of(command), command.occurredAt(), new TransferConfirmed(outcome), null, null);
            return;
        }
        var transfer = work.transfer(outcome.getTransferId());
        entry.move(
                LedgerAccount.TRANSIT,
                LedgerAccount.AVAILABLE,
                UNALLOCATED,
                transfer.getAsset(),
                transfer.getScale(),
                transfer.getAmount());
        entry.append(Cause.of(command), command.occurredAt(), new TransferReturned(outcome), null, null);
    }
}
