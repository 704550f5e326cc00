package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;

/** An order that was accepted or rejected. */
final class ModelOrder {
    enum Status {
        ACTIVE,
        PARTIALLY_FILLED,
        FILLED,
        CANCELLED,
        EXPIRED,
        REJECTED
    }

    final String id;
    final PlaceOrder placed;
    final boolean buys;
    final Instant placedAt;
    final BigInteger notional;
    long decidedSequence;
    Refusal refusal;
    Amounts.Terms terms;
    int takerFeeRate;
    BigInteger quantity;
    BigInteger limit;
    BigInteger largestQuantity;
    BigInteger loosestLimit;
    Instant expiresAt;
    Instant closedAt;
    Status status = Status.ACTIVE;
    BigInteger filledQuantity = ZERO;
    BigInteger filledNotional = ZERO;
    BigInteger held = ZERO;

    ModelOrder(PlaceOrder placed, Instant placedAt) {
        this.id = placed.getOrderId();
        this.placed = placed;
        this.buys = placed.getSide() == Side.BUY;
        this.placedAt = placedAt;
        this.notional = Amounts.ofNullable(placed.getNotional());
        this.quantity = Amounts.ofNullable(placed.getQuantity());
        this.limit = Amounts.ofNullable(placed.getLimitPrice());
        this.largestQuantity = quantity;
        this.loosestLimit = limit;
    }

    ModelOrder copy() {
        var copy = new ModelOrder(placed, placedAt);
        copy.decidedSequence = decidedSequence;
        copy.refusal = refusal;
        copy.terms = terms;
        copy.takerFeeRate = takerFeeRate;
        copy.quantity = quantity;
        copy.limit = limit;
        copy.largestQuantity = largestQuantity;
        copy.loosestLimit = loosestLimit;
        copy.expiresAt = expiresAt;
        copy.closedAt = closedAt;
        copy.status = status;
        copy.filledQuantity = filledQuantity;
        copy.filledNotional = filledNotional;
        copy.held = held;
        return copy;
    }

    boolean isOpen() {
        return status == Status.ACTIVE || status == Status.PARTIALLY_FILLED;
    }

    String strategy() {
        return placed.getStrategy();
    }

    String heldAsset() {
        return buys ? terms.quote() : terms.base();
    }

    /** What may still be filled; null when only money bounds it. */
    BigInteger rest() {
        return quantity == null ? null : quantity.subtract(filledQuantity).max(ZERO);
    }

    /** Whether nobody can tell before it fills what the order is worth: a SELL at market. */
    boolean hasNoSize() {
        return notional == null && placed.getLimitPrice() == null;
    }

    /** The order's size in money at its limit, before fees, or the largest that there is; null for a SELL at market. */
    BigInteger size() {
        if (notional != null) {
            return notional;
        }
        return limit == null
                ? null
                : Amounts.atMostLargest(Amounts.exactNotional(quantity, limit, terms, RoundingMode.CEILING));
    }

    /** The most that the rest can need; null when only what is held bounds it. */
    BigInteger need() {
        if (!buys) {
            return rest();
        }
        if (quantity == null || limit == null) {
            return null;
        }
        var cost = Amounts.exactNotional(rest(), limit, terms, RoundingMode.CEILING);
        return cost.add(Amounts.feeReserve(cost, takerFeeRate));
    }

    /** What the open order can still add to a position, as far as a quantity bounds it. */
    BigInteger buyable() {
        return buys && isOpen() && quantity != null ? rest() : ZERO;
    }

    /** Whether nothing is left to fill. */
    boolean isComplete() {
        boolean isFull = quantity != null && rest().signum() == 0;
        return isFull || (notional != null && held.signum() == 0);
    }
}
