package io.bursar.ledger;

import io.bursar.schemas.CostMethod;
import io.bursar.schemas.FeesPaid;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Position;
import io.bursar.schemas.state.Execution;
import java.util.ArrayList;
import java.util.List;

/**
 * What one entry does to a position: what holdings cost, at average cost or, where the account asks for it, lot by lot.
 * A position that others can see never changes. It touches one lot at most, beside those that it uses up.
 */
final class PositionEdit {
    private final AccountRows rows;
    private final boolean isFifo;
    private final long realizedBefore;
    private Position position;
    private Lot lot;

    private PositionEdit(AccountRows rows, Position position) {
        this.rows = rows;
        this.isFifo = rows.account().getCostMethod() == CostMethod.FIFO;
        this.realizedBefore = position.getRealizedPnl();
        this.position = position;
    }

    /** Of the stored position, or of an empty one when there was nothing so far. */
    static PositionEdit of(AccountRows rows, String strategy, String instrument, InstrumentTerms terms) {
        var position = Accounts.position(rows.account(), strategy, instrument);
        return new PositionEdit(
                rows,
                position != null
                        ? position
                        : new Position(strategy, instrument, terms, 0L, 0L, 0L, 0L, List.of(), 0L, 0L));
    }

    /** The position as it is by now. */
    Position position() {
        return position;
    }

    /** The lot that was made, or of which a part was taken; null for none. */
    Lot lot() {
        return lot;
    }

    /** What was added to the realised profit, in quote units. */
    long realizedPnl() {
        return position.getRealizedPnl() - realizedBefore;
    }

    /** Quantity and cost grow by what arrived and what was paid for it. */
    PositionEdit buy(long arrived, long cost) {
        long nextLot = position.getNextLot();
        if (isFifo && arrived > 0) {
            lot = lot(nextLot, arrived, cost);
            nextLot++;
        }
        position = with(
                Math.addExact(position.getQuantity(), arrived),
                Math.addExact(position.getCostBasis(), cost),
                position.getRealizedPnl(),
                position.getUncoveredQuantity(),
                position.getOldestLot(),
                nextLot);
        return this;
    }

    /**
     * The position's share of what was sold is realised against its cost; what was sold beyond the position realises
     * nothing and is counted.
     */
    PositionEdit sell(long quantity, long proceeds) {
        long covered = Math.min(quantity, position.getQuantity());
        long coveredProceeds = covered == quantity ? proceeds : Arithmetic.share(proceeds, covered, quantity);
        long oldestLot = position.getOldestLot();
        long relieved;
        if (covered == position.getQuantity()) {
            relieved = position.getCostBasis();
            oldestLot = position.getNextLot();
        } else if (isFifo) {
            relieved = 0;
            for (long left = covered; left > 0; ) {
                var oldest = rows.lot(position.getStrategy(), position.getInstrument(), oldestLot);
                if (oldest.getQuantity() <= left) {
                    relieved += oldest.getCost();
                    left -= oldest.getQuantity();
                    oldestLot++;
                } else {
                    long part = Arithmetic.share(oldest.getCost(), left, oldest.getQuantity());
                    relieved += part;
                    lot = lot(oldestLot, oldest.getQuantity() - left, oldest.getCost() - part);
                    left = 0;
                }
            }
        } else {
            relieved = Arithmetic.share(position.getCostBasis(), covered, position.getQuantity());
        }
        position = with(
                position.getQuantity() - covered,
                position.getCostBasis() - relieved,
                Math.addExact(position.getRealizedPnl(), Math.subtractExact(coveredProceeds, relieved)),
                Math.addExact(position.getUncoveredQuantity(), quantity - covered),
                oldestLot,
                position.getNextLot());
        return this;
    }

    /** A sale did not happen: what it relieved is back, as the oldest lot, and what it realised is not. */
    PositionEdit takeBackSale(Execution sale, long quantity, long proceeds) {
        long covered = quantity - sale.getUncoveredQuantity();
        long coveredProceeds = covered == quantity ? proceeds : Arithmetic.share(proceeds, covered, quantity);
        long relieved = Math.subtractExact(coveredProceeds, sale.getRealizedPnl());
        long oldestLot = position.getOldestLot();
        if (isFifo && covered > 0) {
            oldestLot--;
            lot = lot(oldestLot, covered, relieved);
        }
        position = with(
                Math.addExact(position.getQuantity(), covered),
                Math.addExact(position.getCostBasis(), relieved),
                Math.subtractExact(position.getRealizedPnl(), sale.getRealizedPnl()),
                position.getUncoveredQuantity() - sale.getUncoveredQuantity(),
                oldestLot,
                position.getNextLot());
        return this;
    }

    /** A fee in some asset; negative: a rebate, or a fee that is given back. */
    PositionEdit charge(String asset, int scale, long fee) {
        if (fee == 0) {
            return this;
        }
        var fees = new ArrayList<FeesPaid>(position.getFeesPaid().size() + 1);
        long paid = fee;
        for (var other : position.getFeesPaid()) {
            if (other.getAsset().equals(asset)) {
                paid = Math.addExact(paid, other.getAmount());
            } else {
                fees.add(other);
            }
        }
        fees.add(new FeesPaid(asset, scale, paid));
        position = new Position(
                position.getStrategy(),
                position.getInstrument(),
                position.getTerms(),
                position.getQuantity(),
                position.getCostBasis(),
                position.getRealizedPnl(),
                position.getUncoveredQuantity(),
                fees,
                position.getOldestLot(),
                position.getNextLot());
        return this;
    }

    private Lot lot(long number, long quantity, long cost) {
        return new Lot(position.getStrategy(), position.getInstrument(), number, quantity, cost);
    }

    private Position with(
            long quantity, long costBasis, long realizedPnl, long uncoveredQuantity, long oldestLot, long nextLot) {
        return new Position(
                position.getStrategy(),
                position.getInstrument(),
                position.getTerms(),
                quantity,
                costBasis,
                realizedPnl,
                uncoveredQuantity,
                position.getFeesPaid(),
                oldestLot,
                nextLot);
    }
}
