package io.bursar.connect.postgres;

import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LimitsSet;
import io.bursar.schemas.QuotaSet;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferReturned;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch of entries leaves behind of everything it touched: for each row the last entry that has its value, or
 * that deletes it. For one thread only.
 */
final class Changes {
    /** The limits of the whole account lie where the quota of a strategy without a name would. */
    private static final String WHOLE_ACCOUNT = "";

    record NameOf(String accountId, String name) {}

    record PartOf(String accountId, String strategy, String name) {}

    record NumberOf(String accountId, long number) {}

    record LotOf(PartOf position, long number) {}

    /** @param index of the balance within those of the entry */
    record BalanceIn(JournalEntry entry, int index) {}

    final Map<PartOf, BalanceIn> balances = new LinkedHashMap<>();
    final Map<PartOf, JournalEntry> positions = new LinkedHashMap<>();
    final Map<LotOf, JournalEntry> lots = new LinkedHashMap<>();
    final Map<NameOf, JournalEntry> orders = new LinkedHashMap<>();
    final Map<NameOf, JournalEntry> quotas = new LinkedHashMap<>();

    /** The first entry that names it. */
    final Map<NameOf, JournalEntry> strategies = new LinkedHashMap<>();

    /** By sequence of the entry that suspends it; null: it is not suspended any more. */
    final Map<NumberOf, JournalEntry> suspendedFills = new HashMap<>();

    /** By the id of the command; null: it is not on its way any more. */
    final Map<NameOf, JournalEntry> transfers = new HashMap<>();

    void add(JournalEntry entry) {
        addBalances(entry);
        if (entry.getPosition() != null) {
            addPosition(entry);
        }
        if (entry.getOrder() != null) {
            orders.put(new NameOf(entry.getAccountId(), entry.getOrder().getOrderId()), entry);
            addStrategy(entry, entry.getOrder().getStrategy());
        }
        addBody(entry);
    }

    private void addBalances(JournalEntry entry) {
        var changed = entry.getBalances();
        for (int i = 0; i < changed.size(); i++) {
            var balance = changed.get(i);
            balances.put(
                    new PartOf(entry.getAccountId(), balance.getStrategy(), balance.getAsset()),
                    new BalanceIn(entry, i));
            addStrategy(entry, balance.getStrategy());
        }
    }

    private void addPosition(JournalEntry entry) {
        var position = entry.getPosition();
        var key = new PartOf(entry.getAccountId(), position.getStrategy(), position.getInstrument());
        positions.put(key, entry);
        addStrategy(entry, position.getStrategy());
        if (entry.getLot() != null) {
            lots.put(new LotOf(key, entry.getLot().getNumber()), entry);
        }
    }

    private void addStrategy(JournalEntry entry, String strategy) {
        if (!strategy.isEmpty()) {
            strategies.putIfAbsent(new NameOf(entry.getAccountId(), strategy), entry);
        }
    }

    private void addBody(JournalEntry entry) {
        switch (entry.getBody()) {
            case FillSuspended body ->
                suspendedFills.put(new NumberOf(entry.getAccountId(), entry.getSequence()), entry);
            case FillSettled body -> {
                if (body.getSuspendedSequence() != null) {
                    suspendedFills.put(new NumberOf(entry.getAccountId(), body.getSuspendedSequence()), null);
                }
            }
            case FillDiscarded body ->
                suspendedFills.put(new NumberOf(entry.getAccountId(), body.getSuspendedSequence()), null);
            case FundsTransferred body -> transfers.put(new NameOf(entry.getAccountId(), entry.getCommandId()), entry);
            case TransferConfirmed body ->
                transfers.put(new NameOf(entry.getAccountId(), body.getOutcome().getTransferId()), null);
            case TransferReturned body ->
                transfers.put(new NameOf(entry.getAccountId(), body.getOutcome().getTransferId()), null);
            case LimitsSet body -> quotas.put(new NameOf(entry.getAccountId(), WHOLE_ACCOUNT), entry);
            case QuotaSet body -> {
                var strategy = body.getSet().getStrategy();
                quotas.put(new NameOf(entry.getAccountId(), strategy), entry);
                addStrategy(entry, strategy);
            }
            default -> {}
        }
    }
}
