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
        for (var line : lines) {
            if (line.belongsToAccount()) {
                apply(line, balances);
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

    private void apply(Line line, List<Balance> balances) {
        int at = 0;
        while (at < balances.size()
                && !(balances.get(at).getAsset().equals(line.asset)
                        && balances.get(at).getStrategy().equals(line.strategy))) {
            at++;
        }
        var before = at < balances.size() ? balances.get(at) : stored(line);
        long reserved = line.ledgerAccount == LedgerAccount.RESERVED ? line.amount : 0;
        var after = new Balance(
                line.strategy,
                line.asset,
                line.scale,
                Math.addExact(before.getTotal(), line.amount),
                Math.addExact(before.getReserved(), reserved));
        if (at < balances.size()) {
            balances.set(at, after);
        } else {
            balances.add(after);
        }
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
