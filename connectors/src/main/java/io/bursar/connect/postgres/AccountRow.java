package io.bursar.connect.postgres;

import io.bursar.connect.JournalRecord;
import io.bursar.schemas.AccountClosed;
import io.bursar.schemas.AccountOpened;
import io.bursar.schemas.AccountResumed;
import io.bursar.schemas.AccountSuspended;
import io.bursar.schemas.AccountUpdated;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.state.AccountStatus;
import java.time.Instant;
import java.util.List;

/**
 * The row of an account: its life cycle and its place in the journal.
 *
 * @param takerFeeRate in 1/1,000,000
 * @param accountTime the largest {@code occurredAt} that the account has accepted
 * @param sequence of the last entry; 0 before the first
 * @param lastHash of the last entry; zeros before the first
 */
record AccountRow(
        String accountId,
        int journalPartition,
        AccountStatus status,
        String owner,
        String name,
        CostMethod costMethod,
        List<String> marketPermissions,
        int takerFeeRate,
        Instant accountTime,
        long sequence,
        Hash lastHash) {
    private static final Hash NO_HASH = new Hash(new byte[32]);
    private static final UpdateAccount NO_UPDATE = new UpdateAccount(null, null, null);

    /** An account of which no entry was seen yet. */
    static AccountRow unseen(String accountId, int journalPartition) {
        return new AccountRow(
                accountId,
                journalPartition,
                AccountStatus.UNOPENED,
                "",
                "",
                CostMethod.AVERAGE,
                List.of(),
                0,
                Instant.EPOCH,
                0,
                NO_HASH);
    }

    /**
     * The account after its next entry.
     *
     * @throws SinkConflictException when another entry comes next, or another one came before
     */
    AccountRow after(JournalRecord record) {
        var entry = record.entry();
        checkFollows(record);
        var opened = entry.getBody() instanceof AccountOpened body ? body.getOpen() : null;
        var updated = entry.getBody() instanceof AccountUpdated body ? body.getUpdate() : NO_UPDATE;
        boolean isLater = isAccepted(entry) && entry.getOccurredAt().isAfter(accountTime);
        return new AccountRow(
                accountId,
                record.partition(),
                status(entry),
                opened == null ? owner : opened.getOwner(),
                opened == null ? orElse(updated.getName(), name) : opened.getName(),
                opened == null ? costMethod : opened.getCostMethod(),
                opened == null
                        ? orElse(updated.getMarketPermissions(), marketPermissions)
                        : opened.getMarketPermissions(),
                opened == null ? orElse(updated.getTakerFeeRate(), takerFeeRate) : opened.getTakerFeeRate(),
                isLater ? entry.getOccurredAt() : accountTime,
                entry.getSequence(),
                entry.getHash());
    }

    private void checkFollows(JournalRecord record) {
        var entry = record.entry();
        if (entry.getSequence() != sequence + 1) {
            throw new SinkConflictException("Account " + accountId + ": entry " + entry.getSequence() + " (partition "
                    + record.partition() + ", offset " + record.offset() + ") does not follow entry " + sequence
                    + ", the last one in the tables. Entries are missing or come again: records were skipped, the"
                    + " topic is another one, or the tables were changed by hand");
        }
        if (!entry.getPreviousHash().equals(lastHash)) {
            throw new SinkConflictException("Account " + accountId + ": entry " + entry.getSequence() + " (partition "
                    + record.partition() + ", offset " + record.offset() + ") names another hash for entry " + sequence
                    + " than that entry has in the tables: the topic is another one, or one of both was changed");
        }
    }

    private AccountStatus status(JournalEntry entry) {
        return switch (entry.getBody()) {
            case AccountOpened opened -> AccountStatus.OPEN;
            case AccountSuspended suspended -> AccountStatus.SUSPENDED;
            case AccountResumed resumed -> AccountStatus.OPEN;
            case AccountClosed closed -> AccountStatus.CLOSED;
            default -> status;
        };
    }

    /** Account time follows what took effect. */
    private static boolean isAccepted(JournalEntry entry) {
        return switch (entry.getBody()) {
            case OrderRejected rejected -> false;
            case CommandRejected rejected -> false;
            case FillSuspended suspended -> false;
            case TransferRefused refused -> false;
            default -> true;
        };
    }

    private static <T> T orElse(T changed, T unchanged) {
        return changed == null ? unchanged : changed;
    }
}
