package io.bursar.ledger;

import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.state.AccountState;
import java.util.List;

/**
 * All that follows from a command, complete before anything of it is written. Entries are numbered but not sealed: both
 * their hashes are {@link Accounts#NO_HASH}, and so is the one in the account row, until the shell has encoded them.
 */
public final class Decision {
    private final WorkingAccount work;
    private final Answer answer;

    Decision(WorkingAccount work, Answer answer) {
        this.work = work;
        this.answer = answer;
    }

    /** The journal entries in order; empty for a repeat. */
    public List<JournalEntry> entries() {
        return work.entries();
    }

    /** What to tell the sender; null for a fill that was not seen before and for an expiry. */
    public Answer answer() {
        return answer;
    }

    /** The account after the decision. */
    public AccountState account() {
        return work.account();
    }

    /** Writes the new values of all rows but the account's own, which needs its last hash first. */
    public void writeRows(RowSink sink) {
        work.writeRows(sink);
    }
}
