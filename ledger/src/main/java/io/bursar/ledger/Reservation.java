package io.bursar.ledger;

import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.schemas.Side;

/** What an order holds: in quote units for a BUY, in base units for a SELL. */
final class Reservation {
    private Reservation() {}

    /** The asset that an order holds. */
    static String asset(Side side, InstrumentTerms terms) {
        return side == Side.BUY ? terms.getQuoteAsset() : terms.getBaseAsset();
    }

    /** The scale of the asset that an order holds. */
    static int scale(Side side, InstrumentTerms terms) {
        return side == Side.BUY ? terms.getQuoteScale() : terms.getBaseScale();
    }

    /** What buying a quantity at a limit can cost at most, fees at the taker rate included. */
    static long ofBuy(long quantity, long limitPrice, int takerFeeRate, InstrumentTerms terms) {
        long notional = Arithmetic.reservedNotional(
                quantity, limitPrice, terms.getBaseScale(), terms.getPriceScale(), terms.getQuoteScale());
        return Math.addExact(notional, Arithmetic.feeReserve(notional, takerFeeRate));
    }

    /** What the open rest of an order by quantity needs. */
    static long ofRest(Order order) {
        long rest = order.getQuantity() - order.getFilledQuantity();
        return order.getSide() == Side.BUY
                ? ofBuy(rest, order.getLimitPrice(), order.getTakerFeeRate(), order.getTerms())
                : rest;
    }

    /** What the open rest of an order can still need of {@code held}; the remainder is to be released. */
    static long stillNeeded(Order order, long held) {
        if (order.getNotional() == null) {
            return Math.min(held, ofRest(order));
        }
        long unspent = Math.min(held, Math.max(0, order.getNotional() - order.getFilledNotional()));
        if (order.getQuantity() == null || order.getLimitPrice() == null) {
            return unspent;
        }
        try {
            return Math.min(unspent, ofRest(order));
        } catch (ArithmeticException costsMoreThanAnyAmount) {
            return unspent;
        }
    }
}
