package io.bursar.ledger;

import io.bursar.schemas.FeesPaid;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Position;
import java.util.ArrayList;
import java.util.List;

/** What holdings cost, at average cost. */
final class Positions {
    private Positions() {}

    /** The stored position, or an empty one when nothing was ever filled. */
    static Position of(WorkingAccount work, String strategy, String instrument, InstrumentTerms terms) {
        var position = Accounts.position(work.account(), strategy, instrument);
        return position != null
                ? position
                : new Position(strategy, instrument, terms, 0L, 0L, 0L, 0L, List.of(), 0L, 0L);
    }

    /** Quantity and cost grow by what arrived and what was paid for it. */
    static Position bought(Position position, long arrived, long notional) {
        return with(
                position,
                Math.addExact(position.getQuantity(), arrived),
                Math.addExact(position.getCostBasis(), notional),
                position.getRealizedPnl(),
                position.getUncoveredQuantity());
    }

    /**
     * The position's share of what was sold is realised against its cost; what was sold beyond the position realises
     * nothing and is counted.
     */
    static Position sold(Position position, long quantity, long proceeds) {
        long covered = Math.min(quantity, position.getQuantity());
        long relieved = covered == position.getQuantity()
                ? position.getCostBasis()
                : Arithmetic.share(position.getCostBasis(), covered, position.getQuantity());
        long coveredProceeds = covered == quantity ? proceeds : Arithmetic.share(proceeds, covered, quantity);
        return with(
                position,
                position.getQuantity() - covered,
                position.getCostBasis() - relieved,
                Math.addExact(position.getRealizedPnl(), Math.subtractExact(coveredProceeds, relieved)),
                Math.addExact(position.getUncoveredQuantity(), quantity - covered));
    }

    /** The position after a fee in some asset; negative: a rebate. */
    static Position charged(Position position, String asset, int scale, long fee) {
        if (fee == 0) {
            return position;
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
        return new Position(
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
    }

    private static Position with(
            Position position, long quantity, long costBasis, long realizedPnl, long uncoveredQuantity) {
        return new Position(
                position.getStrategy(),
                position.getInstrument(),
                position.getTerms(),
                quantity,
                costBasis,
                realizedPnl,
                uncoveredQuantity,
                position.getFeesPaid(),
                position.getOldestLot(),
                position.getNextLot());
    }
}
