package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.schemas.Fill;
import io.bursar.schemas.Side;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What changes hands in a fill whose order, if it has one, is known: {@code quantity} of the base asset against
 * {@code notional} of the quote asset, and a fee.
 */
record Trade(
        ModelAccount account,
        Fill fill,
        Amounts.Terms terms,
        String feeAsset,
        ModelOrder order,
        String strategy,
        BigInteger quantity,
        BigInteger notional) {

    ModelPosition.Sale settle(Instant at) {
        boolean isFeeHeld = buys() && feeAsset.equals(givenAsset());
        Amounts.fitting(isFeeHeld ? given().add(fee().max(ZERO)) : given());
        var fromHeld = held().min(given());
        var fromAvailable = given().subtract(fromHeld);
        account.requireAvailable("insufficient_for_late_fill", strategy, givenAsset(), fromAvailable);
        var feeFromHeld = isFeeHeld ? fee().max(ZERO).min(held().subtract(fromHeld)) : ZERO;
        requireFee(fromAvailable, feeFromHeld);
        account.advance(at);
        if (order != null) {
            release(fromHeld.add(feeFromHeld));
        }
        exchange(given().negate(), taken(), fee());
        ModelPosition.Sale sale = null;
        var position = account.position(strategy, fill.getInstrument());
        if (buys()) {
            position.buy(arrived().max(ZERO), notional);
        } else {
            sale = position.sell(quantity, notional);
        }
        if (fee().signum() != 0) {
            position.pay(feeAsset, fee());
        }
        if (order != null) {
            fillOrder();
        }
        return sale;
    }

    /** The opposite of {@link #settle}; what comes back is held again as far as the open rest can need it. */
    ModelPosition.Sale takeBack(ModelPosition.Sale sale, Instant at) {
        requireForBust(takenAsset(), backOf(takenAsset()).subtract(taken()));
        requireForBust(givenAsset(), given().add(backOf(givenAsset())));
        if (!feeAsset.equals(givenAsset()) && !feeAsset.equals(takenAsset())) {
            requireForBust(feeAsset, fee());
        }
        account.advance(at);
        exchange(given(), taken().negate(), fee().negate());
        var position = account.position(strategy, fill.getInstrument());
        ModelPosition.Sale effect;
        if (buys()) {
            effect = position.sell(arrived().max(ZERO), notional);
        } else {
            position.takeBack(sale, quantity, notional);
            effect = new ModelPosition.Sale(
                    sale.realized().negate(), sale.uncovered().negate());
        }
        if (fee().signum() != 0) {
            position.pay(feeAsset, fee().negate());
        }
        if (order != null) {
            order.filledQuantity = order.filledQuantity.subtract(quantity);
            order.filledNotional = order.filledNotional.subtract(notional);
            if (order.isOpen()) {
                holdAgain();
            }
        }
        return effect;
    }

    private void holdAgain() {
        order.status =
                order.filledQuantity.signum() == 0 ? ModelOrder.Status.ACTIVE : ModelOrder.Status.PARTIALLY_FILLED;
        var held = order.held.add(given().add(backOf(givenAsset())).max(ZERO));
        if (order.notional != null) {
            held = held.min(order.notional.subtract(order.filledNotional).max(ZERO));
        }
        var need = order.need();
        account.hold(order, need == null ? held : held.min(need));
    }

    /** What of the fee comes back in an asset; less than nothing for a rebate. */
    private BigInteger backOf(String asset) {
        return feeAsset.equals(asset) ? fee() : ZERO;
    }

    private void requireForBust(String asset, BigInteger change) {
        account.requireAvailable(
                "insufficient_for_bust", strategy, asset, change.negate().max(ZERO));
    }

    private void requireFee(BigInteger fromAvailable, BigInteger feeFromHeld) {
        if (fee().signum() <= 0) {
            return;
        }
        BigInteger required;
        if (feeAsset.equals(givenAsset())) {
            required = fromAvailable.add(fee()).subtract(feeFromHeld);
        } else if (feeAsset.equals(takenAsset())) {
            required = fee().subtract(taken()).max(ZERO);
        } else {
            required = fee();
        }
        account.requireAvailable("insufficient_for_fee", strategy, feeAsset, required);
    }

    private void exchange(BigInteger given, BigInteger taken, BigInteger fee) {
        var counterpart = fill.getTradeId() != null && fill.getVenue() == null ? "CLEARING" : "VENUE";
        account.move(strategy, givenAsset(), given, counterpart);
        account.move(strategy, takenAsset(), taken, counterpart);
        account.move(strategy, feeAsset, fee.negate(), "FEES");
    }

    private void fillOrder() {
        boolean isOpen = order.isOpen();
        order.filledQuantity = order.filledQuantity.add(quantity);
        order.filledNotional = order.filledNotional.add(notional);
        ModelLimits.countFilled(account, order, notional);
        if (!isOpen) {
            return;
        }
        order.status = ModelOrder.Status.PARTIALLY_FILLED;
        if (fill.getFinal$() || order.isComplete()) {
            account.close(order, ModelOrder.Status.FILLED);
            return;
        }
        var need = order.need();
        if (need != null) {
            account.hold(order, order.held.min(need));
        }
    }

    private void release(BigInteger amount) {
        if (amount.signum() > 0) {
            account.hold(order, order.held.subtract(amount));
        }
    }

    private BigInteger held() {
        return order == null ? ZERO : order.held;
    }

    private boolean buys() {
        return fill.getSide() == Side.BUY;
    }

    private BigInteger fee() {
        return Amounts.of(fill.getFee());
    }

    private String givenAsset() {
        return buys() ? terms.quote() : terms.base();
    }

    private String takenAsset() {
        return buys() ? terms.base() : terms.quote();
    }

    private BigInteger given() {
        return buys() ? notional : quantity;
    }

    private BigInteger taken() {
        return buys() ? quantity : notional;
    }

    /** What of the base asset a BUY brings in after a fee in it. */
    private BigInteger arrived() {
        return feeAsset.equals(terms.base()) ? quantity.subtract(fee()) : quantity;
    }
}
