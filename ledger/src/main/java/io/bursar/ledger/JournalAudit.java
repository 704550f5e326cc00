package io.bursar.ledger;

import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderRejected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads a journal and checks what must hold in it: entries are numbered without gap and chained by their hashes, postings
 * add up to zero, balances follow from postings, {@code 0 ≤ reserved ≤ total}, what is reserved is what open orders hold,
 * {@code CLEARING} holds unfinished trades only, {@code TRANSIT} transfers on their way, and a position is what its FIFO
 * lots are. A broken rule is told, not thrown, and reading goes on. Every entry
 * is checked by what it touches, so the time it takes does not grow with the journal; the memory grows with the accounts
 * that are folded. Not safe for use by several threads.
 */
public final class JournalAudit {
    private final boolean sealed;
    private final Function<String, FoldedAccount> unseen;
    private final Map<String, AuditedAccount> accounts = new HashMap<>();
    private final TrialBalance trialBalance = new TrialBalance();
    private final ClearingAudit clearing = new ClearingAudit();
    private final TransitAudit transit = new TransitAudit();
    private final Violations violations = new Violations();
    private final Map<String, Long> entriesByKind = new TreeMap<>();
    private final Map<String, Long> refusalsByReason = new TreeMap<>();
    private final Map<String, Long> suspensionsByReason = new TreeMap<>();
    private long entries;
    private long acceptedCommands;

    /** For a journal as it stands on its topic. That a hash is the one of its entry's content is for its bytes to show. */
    public JournalAudit() {
        this(true, FoldedAccount::new);
    }

    private JournalAudit(boolean sealed, Function<String, FoldedAccount> unseen) {
        this.sealed = sealed;
        this.unseen = unseen;
    }

    /** For entries as {@link Decision} gives them, whose hashes are not filled in yet. */
    public static JournalAudit ofUnsealed() {
        return new JournalAudit(false, FoldedAccount::new);
    }

    /**
     * For a journal on its topic that may be longer than memory: accounts keep what is open in them, see {@link
     * FoldedAccount#ofWhatIsOpen}. The checks are the same.
     */
    public static JournalAudit ofWhatIsOpen() {
        return new JournalAudit(true, FoldedAccount::ofWhatIsOpen);
    }

    /**
     * Takes the next entry. Entries of one account come in their order; accounts may be interleaved. An entry that comes
     * a second time is a violation and changes nothing else.
     */
    public void add(JournalEntry entry) {
        entries++;
        var account = accounts.computeIfAbsent(entry.getAccountId(), id -> new AuditedAccount(unseen.apply(id)));
        if (!account.add(entry, sealed, violations)) {
            return;
        }
        trialBalance.add(entry, violations);
        clearing.add(entry, violations);
        transit.add(entry, violations);
        count(entry);
    }

    /** How many entries were taken. */
    public long entries() {
        return entries;
    }

    /** How many entries there are of each kind, by the name of the body's record. */
    public Map<String, Long> entriesByKind() {
        return Collections.unmodifiableMap(entriesByKind);
    }

    /** How many commands took effect; fills and expiries are none. */
    public long acceptedCommands() {
        return acceptedCommands;
    }

    /** How many commands were refused, by reason code. */
    public Map<String, Long> refusalsByReason() {
        return Collections.unmodifiableMap(refusalsByReason);
    }

    /** How many fills were suspended when they came, by reason code; whether they still are is for the accounts to tell. */
    public Map<String, Long> suspensionsByReason() {
        return Collections.unmodifiableMap(suspensionsByReason);
    }

    /** The sum of all postings by now. */
    public TrialBalance trialBalance() {
        return trialBalance;
    }

    /** The account as its entries tell it, or null when there were none. */
    public FoldedAccount account(String accountId) {
        var account = accounts.get(accountId);
        return account == null ? null : account.folded();
    }

    /** Every account that had an entry, in no order. */
    public List<FoldedAccount> accounts() {
        return accounts.values().stream().map(AuditedAccount::folded).toList();
    }

    /** The rules that single entries broke, as sentences with account, sequence and numbers; the first hundred of them. */
    public List<String> violations() {
        return violations.sentences();
    }

    /** How many times a rule was broken, those included that {@link #violations} leaves out. */
    public long violationCount() {
        return violations.count();
    }

    /**
     * What is wrong with the books as a whole: assets whose trial balance is not zero, trades that left something on
     * {@code CLEARING} though none of their legs is suspended or discarded, and transfers that left something on
     * {@code TRANSIT}. To be asked when nothing is on its way: a trade of which only one leg has come is told here as
     * well, and so is a transfer that has not arrived.
     */
    public List<String> imbalances() {
        var sentences = new ArrayList<String>();
        trialBalance
                .imbalances()
                .forEach((asset, sum) -> sentences.add(
                        "the trial balance of " + asset + " is " + sum + ", not zero, over " + entries + " entries"));
        sentences.addAll(unfinishedTrades());
        sentences.addAll(transit.imbalances());
        return sentences;
    }

    /** The trades among the imbalances, in sentences, in the order of their text. */
    public List<String> unfinishedTrades() {
        return clearing.imbalances();
    }

    private void count(JournalEntry entry) {
        entriesByKind.merge(JournalFold.kind(entry), 1L, Long::sum);
        switch (entry.getBody()) {
            case OrderRejected body ->
                refusalsByReason.merge(body.getRejection().getReason(), 1L, Long::sum);
            case CommandRejected body ->
                refusalsByReason.merge(body.getRejection().getReason(), 1L, Long::sum);
            case FillSuspended body ->
                suspensionsByReason.merge(body.getRejection().getReason(), 1L, Long::sum);
            default -> acceptedCommands += entry.getCommandId() == null ? 0 : 1;
        }
    }
}
