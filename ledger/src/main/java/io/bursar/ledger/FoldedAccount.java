package io.bursar.ledger;

import io.bursar.schemas.JournalEntry;

/** An account in memory, as its journal tells it: what the stores must equal. */
public final class FoldedAccount extends AccountInMemory {
    /** An account of which no entry was seen yet. */
    public FoldedAccount(String accountId) {
        super(accountId);
    }

    /**
     * Applies the account's next entry.
     *
     * @throws IllegalStateException when another entry comes next
     */
    public void apply(JournalEntry entry) {
        JournalFold.apply(entry, this, this);
    }
}
