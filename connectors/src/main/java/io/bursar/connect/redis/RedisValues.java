package io.bursar.connect.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.schemas.Balance;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Position;
import io.bursar.schemas.Side;
import java.math.BigDecimal;
import java.util.Optional;

/** The fields of an account's hashes and their values, which are JSON with amounts as decimal text in whole units. */
final class RedisValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RedisValues() {}

    /** The asset; of a strategy's money {@code strategy/asset}, which no id can be. */
    static String field(Balance balance) {
        return RedisKeys.field(balance.getStrategy(), balance.getAsset());
    }

    static String value(Balance balance, long sequence) {
        int scale = balance.getScale();
        return object(sequence)
                .put("total", units(balance.getTotal(), scale))
                .put("reserved", units(balance.getReserved(), scale))
                .put("available", units(balance.getTotal() - balance.getReserved(), scale))
                .toString();
    }

    /** The instrument, of a strategy as for balances. */
    static String field(Position position) {
        return RedisKeys.field(position.getStrategy(), position.getInstrument());
    }

    static String value(Position position, long sequence) {
        var terms = position.getTerms();
        var value = object(sequence)
                .put("quantity", units(position.getQuantity(), terms.getBaseScale()))
                .put("costBasis", units(position.getCostBasis(), terms.getQuoteScale()))
                .put("realizedPnl", units(position.getRealizedPnl(), terms.getQuoteScale()))
                .put("uncoveredQuantity", units(position.getUncoveredQuantity(), terms.getBaseScale()));
        var fees = value.putObject("feesPaid");
        position.getFeesPaid().forEach(paid -> fees.put(paid.getAsset(), units(paid.getAmount(), paid.getScale())));
        return value.toString();
    }

    /** Empty for an order that is not open: those are not kept. */
    static Optional<String> value(Order order, long sequence) {
        boolean open = order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED;
        return open ? Optional.of(openOrder(order, sequence)) : Optional.empty();
    }

    private static String openOrder(Order order, long sequence) {
        var terms = order.getTerms();
        var value = object(sequence)
                .put("strategy", order.getStrategy())
                .put("instrument", order.getInstrument())
                .put("side", order.getSide().toString())
                .put("type", order.getType().toString())
                .put("status", order.getStatus().toString());
        putUnits(value, "quantity", order.getQuantity(), terms.getBaseScale());
        putUnits(value, "limitPrice", order.getLimitPrice(), terms.getPriceScale());
        putUnits(value, "notional", order.getNotional(), terms.getQuoteScale());
        return value.put("filledQuantity", units(order.getFilledQuantity(), terms.getBaseScale()))
                .put("filledNotional", units(order.getFilledNotional(), terms.getQuoteScale()))
                .put("held", units(order.getHeld(), scaleOfHeld(order.getSide(), terms)))
                .put("placedAt", order.getPlacedAt().toString())
                .put("expiresAt", order.getExpiresAt().toString())
                .toString();
    }

    private static ObjectNode object(long sequence) {
        return JSON.createObjectNode().put("sequence", sequence);
    }

    private static void putUnits(ObjectNode value, String name, Long amount, int scale) {
        if (amount != null) {
            value.put(name, units(amount, scale));
        }
    }

    private static int scaleOfHeld(Side side, InstrumentTerms terms) {
        return side == Side.BUY ? terms.getQuoteScale() : terms.getBaseScale();
    }

    private static String units(long amount, int scale) {
        return BigDecimal.valueOf(amount, scale).toPlainString();
    }
}
