package io.bursar.exactlyonce;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.Decision;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.JournalEntry;
import io.bursar.stack.JournalReader.Journalled;
import java.time.Duration;
import java.util.List;

/**
 * Decides the distinct commands of an account once more, in memory, in the order in which the journal says that they were
 * taken, and compares every entry with the journal's.
 */
final class Redecision {
    private static final Duration MOMENT = Duration.ofNanos(1_000);

    private final Commands commands;
    private final Ledger ledger;

    Redecision(Commands commands, ReferenceData reference) {
        this.commands = commands;
        ledger = new Ledger(reference, LedgerRules.DEFAULT);
    }

    /**
     * The account that comes of it.
     *
     * @throws AssertionError at the first entry that differs
     */
    FoldedAccount of(String accountId, List<Journalled> journal) {
        var account = new FoldedAccount(accountId);
        for (int at = 0; at < journal.size(); ) {
            var decision = redecide(account, journal.get(at));
            requireEqual(decision.entries(), journal.subList(at, journal.size()));
            for (var ignored : decision.entries()) {
                account.apply(journal.get(at).entry());
                at++;
            }
        }
        return account;
    }

    private Decision redecide(FoldedAccount account, Journalled next) {
        var entry = next.entry();
        if (entry.getSource() == null) {
            // Noticed by the clock or by the command after it, an expiry is the same.
            return ledger.expire(account, entry.getOccurredAt().plus(MOMENT), 1);
        }
        var key = DecisionKey.of(entry)
                .orElseThrow(() -> new AssertionError("nothing that was decided led to " + describe(entry)));
        return ledger.decide(account, commands.command(key, next.at(), entry.getSource()));
    }

    private static void requireEqual(List<JournalEntry> redecided, List<Journalled> journal) {
        if (redecided.isEmpty()) {
            throw new AssertionError("decided for the second time: "
                    + describe(journal.getFirst().entry()));
        }
        for (int i = 0; i < redecided.size(); i++) {
            var found = i < journal.size() ? withoutHashes(journal.get(i).entry()) : null;
            if (!redecided.get(i).equals(found)) {
                throw new AssertionError("the journal has " + found + " where " + redecided.get(i) + " belongs");
            }
        }
    }

    private static JournalEntry withoutHashes(JournalEntry entry) {
        return new JournalEntry(
                entry.getAccountId(),
                entry.getSequence(),
                entry.getOccurredAt(),
                entry.getCommandId(),
                entry.getSource(),
                entry.getContentHash(),
                entry.getBody(),
                entry.getPostings(),
                entry.getBalances(),
                entry.getPosition(),
                entry.getOrder(),
                entry.getLot(),
                Accounts.NO_HASH,
                Accounts.NO_HASH);
    }

    private static String describe(JournalEntry entry) {
        return "entry " + entry.getSequence() + " of " + entry.getAccountId() + ": " + entry.getBody();
    }
}
