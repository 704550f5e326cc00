package io.bursar.ledger;

import io.bursar.schemas.Balance;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.Posting;
import io.bursar.schemas.Source;
import io.bursar.schemas.TransferReturned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal entry while it is written. Money only moves from one ledger account to another, and balances follow from
 * the movements, so an entry's postings add up to zero and its balances agree with them.
 */
final class EntryDraft {
    private static final String NO_STRATEGY = "";

    private final WorkingAccount work;
    private final List<Posting> postings = new ArrayList<>(6);

    /** The cause of an entry: all absent for an expiry. */
    record Cause(String commandId, Source source, Hash contentHash) {
        static final Cause EXPIRY = new Cause(null, null, null);

        static Cause of(Command command) {
            return new Cause(command.commandId(), command.source(), command.contentHash());
        }

        /** The cause of what a command brings about beside its own decision. */
        static Cause consequenceOf(Command command, Hash contentHash) {
            return new Cause(null, command.source(), contentHash);
        }
    }

    EntryDraft(WorkingAccount work) {
        this.work = work;
    }

    /**
     * Moves an amount of the account's strategy between two ledger accounts; a negative amount moves the other way.
     *
     * @throws ArithmeticException when a sum does not fit in a {@code long}
     */
    void move(LedgerAccount from, LedgerAccount to, String strategy, String asset, int scale, long amount) {
        if (amount == 0) {
            return;
        }
        var source = posting(from, strategy, asset, scale);
        source.setAmount(Math.subtractExact(source.getAmount(), amount));
        var target = posting(to, strategy, asset, scale);
        target.setAmount(Math.addExact(target.getAmount(), amount));
    }

    /** Moves available money between two strategies. */
    void moveBetweenStrategies(String from, String to, String asset, int scale, long amount) {
        postings.add(new Posting(LedgerAccount.AVAILABLE, from, asset, scale, -amount));
        postings.add(new Posting(LedgerAccount.AVAILABLE, to, asset, scale, amount));
    }

    /**
     * Makes this entry the account's next.
     *
     * @param order that the entry has changed; null for none
     * @param position that the entry has changed; null for none
     * @throws ArithmeticException when a balance does not fit in a {@code long}; then nothing has changed
     */
    void append(Cause cause, Instant occurredAt, Object body, Order order, PositionEdit position) {
        postings.removeIf(posting -> posting.getAmount() == 0);
        var account = work.account();
        var balances = balances();
        if (account.getTransfersOnTheirWay() > 0 && !(body instanceof TransferReturned)) {
            keepRoomForReturns(balances);
        }
        work.append(new JournalEntry(
                account.getAccountId(),
                account.getSequence() + 1,
                occurredAt,
                cause.commandId(),
                cause.source(),
                cause.contentHash(),
                body,
                postings,
                balances,
                position == null ? null : position.position(),
                order,
                position == null ? null : position.lot(),
                Accounts.NO_HASH,
                Accounts.NO_HASH));
    }

    /** What has been sent may come back, so what is here never grows so much that it would not fit any more. */
    private void keepRoomForReturns(List<Balance> balances) {
        for (var balance : balances) {
            if (balance.getStrategy().equals(NO_STRATEGY)) {
                Math.addExact(balance.getTotal(), Accounts.inTransit(work.account(), balance.getAsset()));
            }
        }
    }

    /** The number that {@link #append} will give the entry. */
    long sequence() {
        return work.account().getSequence() + 1;
    }

    private Posting posting(LedgerAccount ledgerAccount, String strategy, String asset, int scale) {
        var ownStrategy = isOwn(ledgerAccount) ? strategy : NO_STRATEGY;
        for (var posting : postings) {
            if (posting.getLedgerAccount() == ledgerAccount
                    && posting.getAsset().equals(asset)
                    && posting.getStrategy().equals(ownStrategy)) {
                return posting;
            }
        }
        var posting = new Posting(ledgerAccount, ownStrategy, asset, scale, 0L);
        postings.add(posting);
        return posting;
    }

    private List<Balance> balances() {
        var balances = new ArrayList<Balance>(3);
        for (int i = 0; i < postings.size(); i++) {
            var posting = postings.get(i);
            if (isOwn(posting.getLedgerAccount()) && isFirstOfBalance(i)) {
                balances.add(after(posting));
            }
        }
        for (var balance : balances) {
            if (balance.getReserved() < 0 || balance.getReserved() > balance.getTotal()) {
                throw new IllegalStateException(
                        "account " + work.account().getAccountId() + ": an entry would leave " + balance);
            }
        }
        return balances;
    }

    private boolean isFirstOfBalance(int index) {
        for (int i = 0; i < index; i++) {
            if (areOfSameBalance(postings.get(i), postings.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** The balance of this posting after all postings: they are summed first, so that a release cannot overflow. */
    private Balance after(Posting ofBalance) {
        long total = 0;
        long reserved = 0;
        for (var posting : postings) {
            if (areOfSameBalance(posting, ofBalance)) {
                total = Math.addExact(total, posting.getAmount());
                reserved = posting.getLedgerAccount() == LedgerAccount.RESERVED ? posting.getAmount() : reserved;
            }
        }
        var before = stored(ofBalance);
        return new Balance(
                ofBalance.getStrategy(),
                ofBalance.getAsset(),
                ofBalance.getScale(),
                Math.addExact(before.getTotal(), total),
                Math.addExact(before.getReserved(), reserved));
    }

    private Balance stored(Posting posting) {
        var balance = Accounts.balance(work.account(), posting.getStrategy(), posting.getAsset());
        if (balance == null) {
            return new Balance(posting.getStrategy(), posting.getAsset(), posting.getScale(), 0L, 0L);
        }
        if (balance.getScale() != posting.getScale()) {
            throw new IllegalStateException("account " + work.account().getAccountId() + " holds " + posting.getAsset()
                    + " at scale " + balance.getScale() + ", not " + posting.getScale());
        }
        return balance;
    }

    /** Whether {@code one} belongs to the account, and to the balance that {@code other} belongs to. */
    private static boolean areOfSameBalance(Posting one, Posting other) {
        return isOwn(one.getLedgerAccount())
                && one.getAsset().equals(other.getAsset())
                && one.getStrategy().equals(other.getStrategy());
    }

    /** Whether the ledger account is part of what the account owns. */
    private static boolean isOwn(LedgerAccount ledgerAccount) {
        return ledgerAccount == LedgerAccount.AVAILABLE || ledgerAccount == LedgerAccount.RESERVED;
    }
}
