package io.bursar.ledger;

import io.bursar.schemas.Balance;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.Position;
import io.bursar.schemas.Posting;
import io.bursar.schemas.Source;
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
    private final List<Line> lines = new ArrayList<>(6);

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

    private static final class Line {
        final LedgerAccount ledgerAccount;
        final String strategy;
        final String asset;
        final int scale;
        long amount;

        Line(LedgerAccount ledgerAccount, String strategy, String asset, int scale) {
            this.ledgerAccount = ledgerAccount;
            this.strategy = strategy;
            this.asset = asset;
            this.scale = scale;
        }

        boolean isOf(LedgerAccount otherAccount, String otherStrategy, String otherAsset) {
            return ledgerAccount == otherAccount && asset.equals(otherAsset) && strategy.equals(otherStrategy);
        }

        boolean isOfSameBalance(Line other) {
            return belongsToAccount() && asset.equals(other.asset) && strategy.equals(other.strategy);
        }

        boolean belongsToAccount() {
            return ledgerAccount == LedgerAccount.AVAILABLE || ledgerAccount == LedgerAccount.RESERVED;
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
        var source = line(from, strategy, asset, scale);
        source.amount = Math.subtractExact(source.amount, amount);
        var target = line(to, strategy, asset, scale);
        target.amount = Math.addExact(target.amount, amount);
    }

    /**
     * Makes this entry the account's next.
     *
     * @throws ArithmeticException when a balance does not fit in a {@code long}; then nothing has changed
     */
    void append(Cause cause, Instant occurredAt, Object body, Order order, Position position) {
        lines.removeIf(line -> line.amount == 0);
        var account = work.account();
        work.append(new JournalEntry(
                account.getAccountId(),
                account.getSequence() + 1,
                occurredAt,
                cause.commandId(),
                cause.source(),
                cause.contentHash(),
                body,
                postings(),
                balances(),
                position,
                order,
                Accounts.NO_HASH,
                Accounts.NO_HASH));
    }

    /** The number that {@link #append} will give the entry. */
    long sequence() {
        return work.account().getSequence() + 1;
    }

    private Line line(LedgerAccount ledgerAccount, String strategy, String asset, int scale) {
        var own = ledgerAccount == LedgerAccount.AVAILABLE || ledgerAccount == LedgerAccount.RESERVED;
        var lineStrategy = own ? strategy : NO_STRATEGY;
        for (var line : lines) {
            if (line.isOf(ledgerAccount, lineStrategy, asset)) {
                return line;
            }
        }
        var line = new Line(ledgerAccount, lineStrategy, asset, scale);
        lines.add(line);
        return line;
    }

    private List<Posting> postings() {
        var postings = new ArrayList<Posting>(lines.size());
        for (var line : lines) {
            postings.add(new Posting(line.ledgerAccount, line.strategy, line.asset, line.scale, line.amount));
        }
        return postings;
    }

    private List<Balance> balances() {
        var balances = new ArrayList<Balance>(3);
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.belongsToAccount() && isFirstOfBalance(i)) {
                balances.add(after(line));
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
            if (lines.get(i).isOfSameBalance(lines.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** The balance of this line after all its lines: they are summed first, so that a release cannot overflow. */
    private Balance after(Line ofBalance) {
        long total = 0;
        long reserved = 0;
        for (var line : lines) {
            if (line.isOfSameBalance(ofBalance)) {
                total = Math.addExact(total, line.amount);
                reserved = line.ledgerAccount == LedgerAccount.RESERVED ? line.amount : reserved;
            }
        }
        var before = stored(ofBalance);
        return new Balance(
                ofBalance.strategy,
                ofBalance.asset,
                ofBalance.scale,
                Math.addExact(before.getTotal(), total),
                Math.addExact(before.getReserved(), reserved));
    }

    private Balance stored(Line line) {
        var balance = Accounts.balance(work.account(), line.strategy, line.asset);
        if (balance == null) {
            return new Balance(line.strategy, line.asset, line.scale, 0L, 0L);
        }
        if (balance.getScale() != line.scale) {
            throw new IllegalStateException("account " + work.account().getAccountId() + " holds " + line.asset
                    + " at scale " + balance.getScale() + ", not " + line.scale);
        }
        return balance;
    }
}
