package io.bursar.ledger;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.Order;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.time.Instant;

/** Draws fills that an order can mostly take. */
final class RandomFills {
    private final Market market;

    RandomFills(Market market) {
        this.market = market;
    }

    /** A fill of what is left of an order, whether it is open or closed. */
    Fill of(String accountId, Order order, String executionId, Dice dice) {
        long price = market.within(order.getSide(), order.getLimitPrice(), known(order.getInstrument()), dice);
        long most = Long.MAX_VALUE;
        if (order.getLargestQuantity() != null) {
            // Sometimes up to the largest quantity an amended order ever had.
            long quantity = dice.chance(15) ? order.getLargestQuantity() : order.getQuantity();
            most = Math.max(1, quantity - order.getFilledQuantity());
        }
        if (order.getNotional() != null) {
            long left = Math.max(1, Orders.isOpen(order) ? order.getHeld() : order.getNotional() / 10);
            most = Math.min(most, market.bought(known(order.getInstrument()), left, price));
        }
        return fill(
                accountId, order.getOrderId(), order.getInstrument(), order.getSide(), most, price, executionId, dice);
    }

    /** A fill of an order that the ledger has not seen. */
    Fill ofPlanned(String accountId, PlaceOrder order, String executionId, Dice dice) {
        long price = market.within(order.getSide(), order.getLimitPrice(), known(order.getInstrument()), dice);
        long most = order.getQuantity() != null
                ? Math.max(1, order.getQuantity() / 2)
                : market.bought(
                        known(order.getInstrument()), order.getNotional() == null ? 1 : order.getNotional() / 2, price);
        return fill(
                accountId, order.getOrderId(), order.getInstrument(), order.getSide(), most, price, executionId, dice);
    }

    /** The instrument, or another where the order named one that there is not. */
    private String known(String instrument) {
        return market.instrument(instrument) == null ? Market.INSTRUMENTS.getFirst() : instrument;
    }

    private Fill fill(
            String accountId,
            String orderId,
            String instrument,
            Side side,
            long most,
            long price,
            String executionId,
            Dice dice) {
        long quantity = dice.chance(25) ? most : Math.max(1, most / dice.between(2, 5));
        var fill = new Fill(
                executionId,
                accountId,
                orderId,
                instrument,
                side,
                quantity,
                price,
                0L,
                null,
                dice.oneOf(Liquidity.values()),
                dice.chance(8),
                "venue",
                null,
                Instant.EPOCH,
                FillKind.NEW);
        if (dice.chance(45) && market.instrument(instrument) != null) {
            charge(fill, dice);
        }
        return fill;
    }

    /** A fee of about a thousandth, in any asset, or a rebate. */
    private void charge(Fill fill, Dice dice) {
        long notional = Math.max(1, fill.getQuantity() / 1_000);
        switch ((int) dice.between(0, 5)) {
            case 0 -> {
                fill.setFee(Math.max(1, notional));
                fill.setFeeAsset(market.base(fill.getInstrument()));
            }
            case 1 -> {
                fill.setFee(dice.between(1, 9));
                fill.setFeeAsset(dice.oneOf(Market.ASSETS));
            }
            case 2 -> {
                fill.setFee(-dice.between(1, 9));
                fill.setFeeAsset(dice.oneOf(Market.ASSETS));
            }
            case 3 -> fill.setFee(-dice.between(1, 99));
            default -> fill.setFee(dice.between(1, 99));
        }
    }

    /** The same fill with one thing wrong. */
    Fill spoiled(Fill fill, Dice dice) {
        switch ((int) dice.between(0, 11)) {
            case 0 -> fill.setSide(fill.getSide() == Side.BUY ? Side.SELL : Side.BUY);
            case 1 -> fill.setInstrument(dice.oneOf(Market.INSTRUMENTS));
            case 2 -> fill.setInstrument("GOLD-USD");
            case 3 -> fill.setOrderId("nobody's");
            case 4 -> fill.setQuantity(dice.oneOf(0L, -1L, Long.MAX_VALUE));
            case 5 -> fill.setPrice(dice.oneOf(0L, -1L, Long.MAX_VALUE));
            case 6 -> {
                fill.setQuantity(1);
                fill.setPrice(1);
            }
            case 7 -> fill.setFee(dice.oneOf(Long.MIN_VALUE, Long.MAX_VALUE, 1_000_000_000_000L));
            case 8 -> {
                fill.setFee(1);
                fill.setFeeAsset("GOLD");
            }
            case 9 -> fill.setPrice(fill.getSide() == Side.BUY ? fill.getPrice() * 2 : fill.getPrice() / 2 + 1);
            default -> fill.setQuantity(Math.max(1, Math.min(fill.getQuantity(), Long.MAX_VALUE / 40) * 20));
        }
        return fill;
    }
}
