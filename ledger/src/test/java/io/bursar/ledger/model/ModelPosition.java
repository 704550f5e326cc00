package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is held of an instrument and what it cost. */
final class ModelPosition {
    record Lot(BigInteger quantity, BigInteger cost) {}

    /** What a sale did: the profit it realised, and what of it was never bought. */
    record Sale(BigInteger realized, BigInteger uncovered) {}

    final boolean fifo;
    BigInteger quantity = ZERO;
    BigInteger cost = ZERO;
    BigInteger realized = ZERO;
    BigInteger uncovered = ZERO;
    final SortedMap<String, BigInteger> fees = new TreeMap<>();
    final Deque<Lot> lots = new ArrayDeque<>();

    ModelPosition(boolean fifo) {
        this.fifo = fifo;
    }

    ModelPosition copy() {
        var copy = new ModelPosition(fifo);
        copy.quantity = quantity;
        copy.cost = cost;
        copy.realized = realized;
        copy.uncovered = uncovered;
        copy.fees.putAll(fees);
        copy.lots.addAll(lots);
        return copy;
    }

    void buy(BigInteger bought, BigInteger paid) {
        quantity = quantity.add(bought);
        cost = cost.add(paid);
        if (fifo && bought.signum() > 0) {
            lots.addLast(new Lot(bought, paid));
        }
    }

    Sale sell(BigInteger sold, BigInteger proceeds) {
        var covered = sold.min(quantity);
        var coveredProceeds = covered.equals(sold) ? proceeds : Amounts.share(proceeds, covered, sold);
        var relieved = relieve(covered);
        quantity = quantity.subtract(covered);
        cost = cost.subtract(relieved);
        var sale = new Sale(coveredProceeds.subtract(relieved), sold.subtract(covered));
        realized = realized.add(sale.realized());
        uncovered = uncovered.add(sale.uncovered());
        return sale;
    }

    /** Takes a sale back; {@code proceeds} are those of all that was sold. */
    void takeBack(Sale sale, BigInteger sold, BigInteger proceeds) {
        var covered = sold.subtract(sale.uncovered());
        var relieved = Amounts.share(proceeds, covered, sold).subtract(sale.realized());
        quantity = quantity.add(covered);
        cost = cost.add(relieved);
        realized = realized.subtract(sale.realized());
        uncovered = uncovered.subtract(sale.uncovered());
        if (fifo && covered.signum() > 0) {
            lots.addFirst(new Lot(covered, relieved));
        }
    }

    void pay(String asset, BigInteger fee) {
        fees.merge(asset, fee, BigInteger::add);
    }

    private BigInteger relieve(BigInteger sold) {
        if (sold.equals(quantity)) {
            lots.clear();
            return cost;
        }
        return fifo ? relieveOldest(sold) : Amounts.share(cost, sold, quantity);
    }

    private BigInteger relieveOldest(BigInteger sold) {
        var relieved = ZERO;
        var wanted = sold;
        while (wanted.signum() > 0) {
            var lot = lots.removeFirst();
            var taken = lot.quantity().min(wanted);
            var lotCost = Amounts.share(lot.cost(), taken, lot.quantity());
            relieved = relieved.add(lotCost);
            wanted = wanted.subtract(taken);
            if (taken.compareTo(lot.quantity()) < 0) {
                lots.addFirst(new Lot(lot.quantity().subtract(taken), lot.cost().subtract(lotCost)));
            }
        }
        return relieved;
    }
}
