package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/** Orders are placed, amended, extended and cancelled. */
final class ModelOrders {
    private static final Duration USUAL_EXPIRY = Duration.ofDays(7);
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(30);
    private static final Duration INSTANT_AFTER = Duration.ofNanos(1_000);

    private final ModelReference reference;
    private final int mostOpenOrders;

    ModelOrders(ModelReference reference, int mostOpenOrders) {
        this.reference = reference;
        this.mostOpenOrders = mostOpenOrders;
    }

    long place(ModelAccount account, PlaceOrder place, Instant at) {
        ModelLifeCycle.requireOpen(account);
        var instrument = reference.requireInstrument(place.getInstrument());
        if (instrument.getMarket() != null && !account.markets.contains(instrument.getMarket())) {
            throw Refusal.of("instrument_not_permitted").thrown();
        }
        var order = new ModelOrder(place, at);
        order.terms = reference.terms(instrument);
        order.takerFeeRate = account.takerFeeRate;
        order.expiresAt = place.getExpiresAt() == null ? at.plus(USUAL_EXPIRY) : place.getExpiresAt();
        if (!isAnOrder(order) || ModelLimits.lacksQuantity(account, order)) {
            throw Refusal.of("fields_do_not_fit_order").thrown();
        }
        requirePositive("quantity_must_be_positive", order.quantity);
        requirePositive("price_must_be_positive", order.limit);
        requirePositive("notional_must_be_positive", order.notional);
        requireSteps(instrument, order.quantity, order.limit);
        requireDeadline(account, order, order.expiresAt, at);
        var held = order.notional == null ? Amounts.fitting(order.need()) : order.notional;
        ModelLimits.requirePlaceable(account, order, mostOpenOrders, at);
        requireReducing(account, order, order.quantity);
        requireHoldable(account, order, held);
        account.advance(at);
        account.orders.put(order.id, order);
        account.hold(order, held);
        ModelLimits.countPlaced(account, order);
        order.decidedSequence = account.journal("OrderAccepted " + order.id);
        return order.decidedSequence;
    }

    long cancel(ModelAccount account, CancelOrder cancel, Instant at) {
        ModelLifeCycle.requireNotClosed(account);
        var order = requireOpenOrder(account, cancel.getOrderId());
        account.advance(at);
        account.close(order, ModelOrder.Status.CANCELLED);
        return account.journal("OrderCancelled " + order.id);
    }

    long extend(ModelAccount account, ExtendOrder extend, Instant at) {
        ModelLifeCycle.requireOpen(account);
        var order = requireOpenOrder(account, extend.getOrderId());
        requireDeadline(account, order, extend.getExpiresAt(), at);
        account.advance(at);
        order.expiresAt = extend.getExpiresAt();
        return account.journal("OrderExtended " + order.id);
    }

    long amend(ModelAccount account, AmendOrder amend, Instant at) {
        ModelLifeCycle.requireOpen(account);
        var order = requireOpenOrder(account, amend.getOrderId());
        if (order.placed.getType() != OrderType.LIMIT || order.notional != null) {
            throw Refusal.of("order_cannot_be_amended").thrown();
        }
        var quantity = Amounts.ofNullable(amend.getQuantity());
        var limit = Amounts.ofNullable(amend.getLimitPrice());
        if (quantity == null && limit == null) {
            throw Refusal.of("fields_do_not_fit_order").thrown();
        }
        requirePositive("quantity_must_be_positive", quantity);
        requirePositive("price_must_be_positive", limit);
        requireSteps(reference.requireInstrument(order.placed.getInstrument()), quantity, limit);
        if (quantity != null && quantity.compareTo(order.filledQuantity) < 0) {
            throw Refusal.bound("quantity_below_filled", order.filledQuantity, quantity)
                    .thrown();
        }
        var before = order.copy();
        order.quantity = quantity == null ? order.quantity : quantity;
        order.limit = limit == null ? order.limit : limit;
        order.largestQuantity = order.largestQuantity.max(order.quantity);
        order.loosestLimit = order.buys ? order.loosestLimit.max(order.limit) : order.loosestLimit.min(order.limit);
        var held = Amounts.fitting(order.need());
        ModelLimits.requireAmendable(account, before, order, at);
        requireReducing(account, order, held.subtract(order.held));
        requireHoldable(account, order, held.subtract(order.held));
        account.advance(at);
        account.hold(order, held);
        ModelLimits.countAmended(account, before, order);
        if (order.rest().signum() == 0) {
            account.close(order, ModelOrder.Status.FILLED);
        }
        return account.journal("OrderAmended " + order.id);
    }

    private static boolean isAnOrder(ModelOrder order) {
        boolean isLimit = order.placed.getType() == OrderType.LIMIT;
        boolean hasQuantity = order.quantity != null;
        boolean hasLimit = order.limit != null;
        boolean hasNotional = order.notional != null;
        if (order.buys && order.placed.getReduceOnly()) {
            return false;
        }
        if (order.buys && hasNotional) {
            return isLimit || !hasLimit;
        }
        if (order.buys) {
            return isLimit && hasQuantity && hasLimit;
        }
        return hasQuantity && hasLimit == isLimit && !hasNotional;
    }

    private static void requirePositive(String reason, BigInteger amount) {
        if (amount != null) {
            ModelFunds.requirePositive(reason, amount.longValueExact());
        }
    }

    private static void requireSteps(Instrument instrument, BigInteger quantity, BigInteger limit) {
        requireStep("price_off_tick", instrument.getTickSize(), limit);
        requireStep("quantity_off_lot", instrument.getLotSize(), quantity);
    }

    private static void requireStep(String reason, Long step, BigInteger amount) {
        if (step != null && amount != null && amount.remainder(Amounts.of(step)).signum() != 0) {
            throw Refusal.bound(reason, Amounts.of(step), amount).thrown();
        }
    }

    private static void requireDeadline(ModelAccount account, ModelOrder order, Instant deadline, Instant at) {
        var time = at.isAfter(account.time) ? at : account.time;
        if (!deadline.isAfter(time)) {
            throw Refusal.bound("expiry_must_be_in_the_future", time.plus(INSTANT_AFTER), deadline)
                    .thrown();
        }
        var latest = order.placedAt.plus(LONGEST_EXPIRY);
        if (deadline.isAfter(latest)) {
            throw Refusal.bound("expiry_exceeds_30_days", latest, deadline).thrown();
        }
    }

    private static void requireReducing(ModelAccount account, ModelOrder order, BigInteger more) {
        if (!order.placed.getReduceOnly() || more.signum() <= 0) {
            return;
        }
        var position = account.positions.get(new ModelAccount.Key(order.strategy(), order.placed.getInstrument()));
        var owned = position == null ? ZERO : position.quantity;
        var selling = account.openOrders().stream()
                .filter(open -> !open.buys
                        && open.strategy().equals(order.strategy())
                        && open.placed.getInstrument().equals(order.placed.getInstrument()))
                .map(open -> open.held)
                .reduce(more, BigInteger::add);
        if (Amounts.fitting(selling).compareTo(owned) > 0) {
            throw Refusal.bound("exceeds_position", owned, selling).thrown();
        }
    }

    private static void requireHoldable(ModelAccount account, ModelOrder order, BigInteger more) {
        if (more.signum() > 0) {
            var reason = order.buys ? "insufficient_funds" : "insufficient_position";
            account.requireAvailable(reason, order.strategy(), order.heldAsset(), more);
        }
    }

    private static ModelOrder requireOpenOrder(ModelAccount account, String orderId) {
        var order = account.orders.get(orderId);
        if (order == null) {
            throw Refusal.of("order_not_found").thrown();
        }
        if (!order.isOpen()) {
            throw Refusal.of("order_is_closed").thrown();
        }
        return order;
    }
}
