package io.bursar.ledger;

import io.bursar.schemas.Hash;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Side;
import java.time.Instant;

/** Makes a new value of an order out of an old one; an order that others can see never changes. */
final class OrderEdit {
    private final Order order;

    private OrderEdit(Order order) {
        this.order = order;
    }

    /** A copy of the order to be changed. */
    static OrderEdit of(Order order) {
        return new OrderEdit(new Order(
                order.getOrderId(),
                order.getStrategy(),
                order.getInstrument(),
                order.getTerms(),
                order.getSide(),
                order.getType(),
                order.getQuantity(),
                order.getLimitPrice(),
                order.getNotional(),
                order.getTakerFeeRate(),
                order.getPlacedAt(),
                order.getExpiresAt(),
                order.getStatus(),
                order.getFilledQuantity(),
                order.getFilledNotional(),
                order.getHeld(),
                order.getLargestQuantity(),
                order.getLoosestLimit(),
                order.getClosedAt(),
                order.getSuspendedFills(),
                order.getDecidedSequence(),
                order.getContentHash(),
                order.getRejection(),
                order.getReduceOnly()));
    }

    /** The order that a PlaceOrder asks for: active, holding nothing yet. */
    static OrderEdit placed(
            PlaceOrder place, InstrumentTerms terms, Command command, int takerFeeRate, Instant expiresAt) {
        return new OrderEdit(new Order(
                place.getOrderId(),
                place.getStrategy(),
                place.getInstrument(),
                terms,
                place.getSide(),
                place.getType(),
                place.getQuantity(),
                place.getLimitPrice(),
                place.getNotional(),
                takerFeeRate,
                command.occurredAt(),
                expiresAt,
                OrderStatus.ACTIVE,
                0L,
                0L,
                0L,
                place.getQuantity(),
                place.getLimitPrice(),
                null,
                0,
                0L,
                command.contentHash(),
                null,
                place.getReduceOnly()));
    }

    OrderEdit held(long held) {
        order.setHeld(held);
        return this;
    }

    OrderEdit expiresAt(Instant expiresAt) {
        order.setExpiresAt(expiresAt);
        return this;
    }

    OrderEdit suspendedFills(int suspendedFills) {
        order.setSuspendedFills(suspendedFills);
        return this;
    }

    OrderEdit decided(long sequence, Hash contentHash) {
        order.setDecidedSequence(sequence);
        order.setContentHash(contentHash);
        return this;
    }

    OrderEdit rejected(Rejection rejection, Instant at) {
        order.setRejection(rejection);
        return closed(OrderStatus.REJECTED, at);
    }

    /** A closed order holds nothing. */
    OrderEdit closed(OrderStatus status, Instant at) {
        order.setStatus(status);
        order.setClosedAt(at);
        return held(0);
    }

    /** New terms; fills that were under way on the old ones stay good. */
    OrderEdit terms(long quantity, long limitPrice) {
        order.setQuantity(quantity);
        order.setLimitPrice(limitPrice);
        order.setLargestQuantity(Math.max(order.getLargestQuantity(), quantity));
        order.setLoosestLimit(
                order.getSide() == Side.BUY
                        ? Math.max(order.getLoosestLimit(), limitPrice)
                        : Math.min(order.getLoosestLimit(), limitPrice));
        return this;
    }

    OrderEdit filled(long quantity, long notional) {
        order.setFilledQuantity(Math.addExact(order.getFilledQuantity(), quantity));
        order.setFilledNotional(Math.addExact(order.getFilledNotional(), notional));
        return this;
    }

    /** Open as before, with less filled or nothing. */
    OrderEdit unfilledAgain() {
        order.setStatus(order.getFilledQuantity() == 0 ? OrderStatus.ACTIVE : OrderStatus.PARTIALLY_FILLED);
        return this;
    }

    OrderEdit partiallyFilled() {
        order.setStatus(OrderStatus.PARTIALLY_FILLED);
        return this;
    }

    Order done() {
        return order;
    }
}
