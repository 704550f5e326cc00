package io.bursar.ledger;

import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.time.Instant;

/** Draws orders that an account can mostly afford. */
final class RandomOrders {
    private final Market market;

    RandomOrders(Market market) {
        this.market = market;
    }

    PlaceOrder place(String orderId, AccountRows rows, Instant now, Dice dice) {
        var instrument = dice.oneOf(Market.INSTRUMENTS);
        var side = dice.oneOf(Side.values());
        var asset = side == Side.BUY ? market.quote(instrument) : market.base(instrument);
        var strategy = dice.chance(25) ? RandomRun.STRATEGY : "";
        long available = Accounts.available(rows.account(), strategy, asset);
        long budget = dice.chance(6) ? available + 1 : available / dice.between(1, 8);
        var order = new PlaceOrder(
                orderId, instrument, side, OrderType.LIMIT, null, null, null, expiresAt(now, dice), strategy, false);
        if (side == Side.BUY) {
            buy(order, Math.max(1, budget), dice);
        } else {
            sell(order, budget, dice);
            order.setReduceOnly(dice.chance(15));
        }
        if (dice.chance(5)) {
            spoil(order, dice);
        }
        return order;
    }

    private void buy(PlaceOrder order, long budget, Dice dice) {
        var instrument = order.getInstrument();
        long price = market.price(instrument, dice);
        if (dice.chance(65)) {
            order.setLimitPrice(price);
            // The fee reserve comes on top.
            order.setQuantity(market.quantity(instrument, budget - budget / 100, price));
            return;
        }
        order.setNotional(budget);
        if (dice.chance(50)) {
            order.setType(OrderType.MARKET);
        } else if (dice.chance(50)) {
            order.setLimitPrice(price);
        }
        if (dice.chance(40)) {
            order.setQuantity(market.quantity(instrument, budget, price));
        }
    }

    private void sell(PlaceOrder order, long budget, Dice dice) {
        order.setQuantity(market.lots(order.getInstrument(), budget));
        if (dice.chance(75)) {
            order.setLimitPrice(market.price(order.getInstrument(), dice));
        } else {
            order.setType(OrderType.MARKET);
        }
    }

    private static Instant expiresAt(Instant now, Dice dice) {
        if (dice.chance(55)) {
            return null;
        }
        if (dice.chance(4)) {
            return now.minusSeconds(dice.between(0, 9));
        }
        return now.plus(
                dice.chance(50)
                        ? Duration.ofMinutes(dice.between(1, 600))
                        : Duration.ofHours(dice.between(1, dice.chance(5) ? 24 * 40 : 24 * 30)));
    }

    private static void spoil(PlaceOrder order, Dice dice) {
        switch ((int) dice.between(0, 7)) {
            case 0 -> order.setQuantity(dice.oneOf(null, 0L, -1L, 7L, Long.MAX_VALUE));
            case 1 -> order.setLimitPrice(dice.oneOf(null, 0L, 1L, 7L, Long.MAX_VALUE));
            case 2 -> order.setNotional(dice.oneOf(null, 0L, 1L, Long.MAX_VALUE));
            case 3 -> order.setInstrument("GOLD-USD");
            case 4 -> order.setReduceOnly(!order.getReduceOnly());
            case 5 -> order.setType(order.getType() == OrderType.LIMIT ? OrderType.MARKET : OrderType.LIMIT);
            default -> order.setSide(order.getSide() == Side.BUY ? Side.SELL : Side.BUY);
        }
    }

    /** Mostly a little more or less, now and then just what is filled, or nonsense. */
    AmendOrder amend(Order order, Dice dice) {
        Long quantity = null;
        Long limitPrice = null;
        if (dice.chance(60)) {
            long filled = order.getFilledQuantity();
            long rest = order.getQuantity() - filled;
            quantity = dice.chance(15) && filled > 0
                    ? filled - dice.between(0, 1)
                    : market.lots(order.getInstrument(), filled + rest / 100 * dice.between(40, 115) + rest % 100);
        }
        if (quantity == null || dice.chance(30)) {
            limitPrice = market.price(order.getInstrument(), dice);
        }
        if (dice.chance(3)) {
            quantity = null;
            limitPrice = dice.oneOf(null, 0L, 7L, Long.MAX_VALUE);
        }
        return new AmendOrder(order.getOrderId(), quantity, limitPrice);
    }
}
