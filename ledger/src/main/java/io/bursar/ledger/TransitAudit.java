package io.bursar.ledger;

import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.TransferReceived;
import io.bursar.schemas.TransferReturned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What transfers have left on {@code TRANSIT}. A transfer leaves one account and arrives in another or comes back, so
 * it holds what is on its way, and nothing else. Accounts may come in any order, so an arrival may be seen first.
 * Remembers only the transfers that have not cancelled out.
 */
final class TransitAudit {
    private final Map<TransferKey, Amount> onTheirWay = new HashMap<>();

    private record TransferKey(String fromAccountId, String transferId) {}

    /** @param units positive: left and not arrived; negative: arrived and not seen leaving */
    private record Amount(String asset, long units) {}

    void add(JournalEntry entry, Violations violations) {
        switch (entry.getBody()) {
            case FundsTransferred body -> add(new TransferKey(entry.getAccountId(), entry.getCommandId()), entry);
            case TransferReceived body ->
                add(
                        new TransferKey(
                                body.getArrival().getFromAccountId(),
                                body.getArrival().getTransferId()),
                        entry);
            case TransferReturned body ->
                add(new TransferKey(entry.getAccountId(), body.getOutcome().getTransferId()), entry);
            default -> checkNoTransit(entry, violations);
        }
    }

    private void add(TransferKey key, JournalEntry entry) {
        for (var posting : entry.getPostings()) {
            if (posting.getLedgerAccount() == LedgerAccount.TRANSIT) {
                onTheirWay.merge(key, new Amount(posting.getAsset(), posting.getAmount()), TransitAudit::sumUnlessZero);
            }
        }
    }

    /** What {@code TRANSIT} holds by now; a transfer that is still on its way is told, too. */
    List<String> imbalances() {
        return onTheirWay.entrySet().stream()
                .map(transfer -> "transfer " + transfer.getKey().transferId() + " of account "
                        + transfer.getKey().fromAccountId() + ": TRANSIT keeps "
                        + transfer.getValue().units() + " "
                        + transfer.getValue().asset())
                .sorted()
                .toList();
    }

    private static void checkNoTransit(JournalEntry entry, Violations violations) {
        for (var posting : entry.getPostings()) {
            if (posting.getLedgerAccount() == LedgerAccount.TRANSIT) {
                violations.add(
                        entry,
                        "posts " + posting.getAmount() + " " + posting.getAsset()
                                + " to TRANSIT: only a transfer does");
            }
        }
    }

    private static Amount sumUnlessZero(Amount one, Amount other) {
        long units = one.units() + other.units();
        return units == 0 && one.asset().equals(other.asset()) ? null : new Amount(one.asset(), units);
    }
}
