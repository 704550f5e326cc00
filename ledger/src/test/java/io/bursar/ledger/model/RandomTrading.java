package io.bursar.ledger.model;

import io.bursar.ledger.Dice;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Orders and fills of them, most of which can succeed. */
final class RandomTrading {
    private final Exchange exchange;
    private final Set<Feature> features;

    RandomTrading(Exchange exchange, Set<Feature> features) {
        this.exchange = exchange;
        this.features = features;
    }

    PlaceOrder place(String orderId, ModelAccount account, Instant now, String strategy, Dice dice) {
        var instrument = dice.chance(97) ? dice.oneOf(Exchange.INSTRUMENTS) : "NONE-USD";
        if (instrument.equals("NONE-USD")) {
            return new PlaceOrder(orderId, instrument, Side.BUY, OrderType.LIMIT, 1L, 1L, null, null, strategy, false);
        }
        var side = dice.oneOf(Side.values());
        var type = dice.chance(75) ? OrderType.LIMIT : OrderType.MARKET;
        long price = exchange.price(instrument, dice);
        long quantity = exchange.quantity(instrument, dice);
        var listed = exchange.listed(instrument);
        if (side == Side.SELL && listed != null && dice.chance(85)) {
            var owned = account.balance(strategy, listed.getBaseAsset()).available();
            quantity = exchange.atMost(instrument, quantity, owned);
        }
        boolean isByNotional = side == Side.BUY && (type == OrderType.MARKET || dice.chance(25));
        var place = new PlaceOrder(
                orderId,
                instrument,
                side,
                type,
                isByNotional && dice.chance(60) ? null : (Long) quantity,
                type == OrderType.MARKET || (isByNotional && dice.chance(50)) ? null : (Long) price,
                isByNotional ? (Long) notional(listed, quantity, price) : null,
                deadline(now, dice),
                strategy,
                features.contains(Feature.REDUCE_ONLY) && dice.chance(side == Side.SELL ? 15 : 1));
        if (dice.chance(6)) {
            spoil(place, dice);
        }
        return place;
    }

    private void spoil(PlaceOrder place, Dice dice) {
        switch ((int) dice.between(0, features.contains(Feature.EXTREMES) ? 9 : 7)) {
            case 0 -> place.setQuantity(null);
            case 1 -> place.setLimitPrice(null);
            case 2 -> place.setNotional(place.getNotional() == null ? (Long) 1_000L : null);
            case 3 -> place.setQuantity(dice.oneOf(0L, -1L));
            case 4 -> place.setLimitPrice(dice.oneOf(0L, -1L));
            case 5 -> place.setNotional(dice.oneOf(0L, -1L));
            case 6 -> place.setType(place.getType() == OrderType.LIMIT ? OrderType.MARKET : OrderType.LIMIT);
            case 7 -> place.setSide(place.getSide() == Side.BUY ? Side.SELL : Side.BUY);
            case 8 -> place.setQuantity(huge(dice));
            default -> place.setLimitPrice(huge(dice));
        }
    }

    private Instant deadline(Instant now, Dice dice) {
        if (dice.chance(50)) {
            return null;
        }
        return switch ((int) dice.between(0, 6)) {
            case 0 -> now.minus(Duration.ofSeconds(dice.between(0, 100)));
            case 1 -> now.plus(Duration.ofDays(dice.between(29, 31)));
            case 2 -> now.plus(Duration.ofDays(dice.between(1, 29)));
            default -> now.plus(Duration.ofSeconds(dice.between(1, 100_000)));
        };
    }

    AmendOrder amend(ModelOrder order, Dice dice) {
        Long quantity = null;
        Long limit = null;
        var instrument = order.placed.getInstrument();
        if (order.quantity != null && dice.chance(65)) {
            quantity = switch ((int) dice.between(0, 9)) {
                case 0, 1 -> order.filledQuantity.longValueExact();
                case 2 -> order.filledQuantity.longValueExact() - 1;
                case 3 -> order.quantity.longValueExact();
                case 4 -> features.contains(Feature.EXTREMES) ? huge(dice) : 0;
                default -> exchange.quantity(instrument, dice);
            };
        }
        if (dice.chance(quantity == null ? 90 : 35)) {
            limit = dice.chance(4) ? dice.oneOf(0L, -5L) : exchange.price(instrument, dice);
        }
        return new AmendOrder(order.id, quantity, limit);
    }

    Fill fill(String accountId, String executionId, ModelOrder order, Instant now, Dice dice) {
        var instrument = order.placed.getInstrument();
        long price = within(order, exchange.price(instrument, dice), dice);
        long quantity = quantity(order, price, dice);
        var fill = new Fill(
                executionId,
                accountId,
                order.id,
                instrument,
                order.placed.getSide(),
                quantity,
                price,
                0L,
                null,
                dice.oneOf(Liquidity.values()),
                dice.chance(8),
                "venue",
                null,
                now,
                FillKind.NEW);
        if (dice.chance(30)) {
            fill.setTradeId("trade");
            fill.setVenue(dice.chance(50) ? "venue" : null);
        }
        if (dice.chance(55)) {
            charge(fill, dice);
        }
        return fill;
    }

    private long within(ModelOrder order, long usual, Dice dice) {
        if (order.loosestLimit == null || order.loosestLimit.signum() <= 0 || dice.chance(6)) {
            return usual;
        }
        long limit = order.loosestLimit.longValueExact();
        if (dice.chance(35)) {
            return limit;
        }
        long better = limit / 100 * dice.between(0, 12);
        return order.buys ? Math.max(1, limit - better) : limit > Long.MAX_VALUE / 2 ? limit : limit + better;
    }

    private long quantity(ModelOrder order, long price, Dice dice) {
        var rest = order.quantity == null ? BigInteger.valueOf(Long.MAX_VALUE) : order.rest();
        if (order.largestQuantity != null && dice.chance(10)) {
            rest = order.largestQuantity.subtract(order.filledQuantity);
        }
        if (order.notional != null) {
            var money = order.notional.subtract(order.filledNotional).max(BigInteger.ONE);
            rest = rest.min(affordable(order, money, price));
        }
        rest = rest.max(BigInteger.ONE);
        if (dice.chance(3)) {
            return rest.add(BigInteger.ONE)
                    .min(BigInteger.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
        return dice.chance(40) ? rest.longValueExact() : dice.between(1, rest.longValueExact());
    }

    private BigInteger affordable(ModelOrder order, BigInteger money, long price) {
        var listed = exchange.listed(order.placed.getInstrument());
        var terms = listed == null ? null : exchange.reference.terms(listed);
        if (terms == null) {
            return BigInteger.ONE;
        }
        var quantity = new BigDecimal(money, terms.quoteScale())
                .divide(
                        new BigDecimal(BigInteger.valueOf(price), terms.priceScale()),
                        terms.baseScale(),
                        RoundingMode.FLOOR);
        return quantity.unscaledValue().min(BigInteger.valueOf(Long.MAX_VALUE));
    }

    private void charge(Fill fill, Dice dice) {
        var listed = exchange.listed(fill.getInstrument());
        if (listed == null) {
            return;
        }
        long notional = notional(listed, fill.getQuantity(), fill.getPrice());
        switch ((int) dice.between(0, 11)) {
            case 0 -> fill.setFeeAsset(listed.getQuoteAsset());
            case 1, 2 -> {
                fill.setFeeAsset(listed.getBaseAsset());
                fill.setFee(dice.between(-2, Math.max(2, fill.getQuantity() / 500)));
                return;
            }
            case 3 -> {
                fill.setFeeAsset(dice.oneOf(Exchange.ASSETS));
                fill.setFee(dice.between(-5, 50));
                return;
            }
            case 4 -> {
                fill.setFee(-dice.between(0, Math.max(1, notional / 500)));
                return;
            }
            case 5 -> {
                if (dice.chance(20)) {
                    fill.setFeeAsset(Exchange.UNLISTED_ASSET);
                }
            }
            case 6 -> {
                if (dice.chance(30)) {
                    fill.setFeeAsset(dice.oneOf(listed.getBaseAsset(), listed.getQuoteAsset()));
                    fill.setFee(
                            dice.chance(30) && features.contains(Feature.EXTREMES)
                                    ? huge(dice)
                                    : dice.between(1, 2 * exchange.usualAmount(fill.getFeeAsset()) / 3));
                    return;
                }
            }
            default -> fill.setFeeAsset(null);
        }
        fill.setFee(dice.between(0, Math.max(2, notional / 500)));
    }

    /** Something about it is wrong. */
    void spoil(Fill fill, ModelOrder order, Dice dice) {
        switch ((int) dice.between(0, features.contains(Feature.EXTREMES) ? 10 : 8)) {
            case 0 -> fill.setInstrument(dice.oneOf(Exchange.INSTRUMENTS));
            case 1 -> fill.setSide(fill.getSide() == Side.BUY ? Side.SELL : Side.BUY);
            case 2 -> fill.setQuantity(dice.oneOf(0L, -1L));
            case 3 -> fill.setPrice(dice.oneOf(0L, -1L));
            case 4 -> fill.setQuantity(1L);
            case 5 -> fill.setOrderId("nobody's");
            case 6 -> fill.setOccurredAt(order.placedAt.minus(Duration.ofSeconds(dice.between(299, 301))));
            case 7 -> fill.setPrice(fill.getPrice() / 2 + 1);
            case 8 -> fill.setPrice(Math.min(fill.getPrice(), Long.MAX_VALUE / 2) * 2);
            case 9 -> fill.setQuantity(huge(dice));
            default -> fill.setPrice(huge(dice));
        }
    }

    private long notional(Instrument listed, long quantity, long price) {
        if (listed == null) {
            return 1_000;
        }
        var notional = new BigDecimal(
                        BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(price)),
                        exchange.reference.terms(listed).baseScale() + listed.getPriceScale())
                .movePointRight(exchange.reference.terms(listed).quoteScale())
                .toBigInteger();
        return notional.max(BigInteger.ONE)
                .min(BigInteger.valueOf(Long.MAX_VALUE / 2))
                .longValueExact();
    }

    static long huge(Dice dice) {
        return dice.chance(50) ? Long.MAX_VALUE : Long.MAX_VALUE >> dice.between(1, 20);
    }
}
