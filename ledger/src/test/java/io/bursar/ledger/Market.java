package io.bursar.ledger;

import io.bursar.schemas.Instrument;
import io.bursar.schemas.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The assets and instruments of random runs, and prices and quantities that make sense in them. */
final class Market {
    static final List<String> ASSETS = List.of("SHARE", "USD", "BTC", "ETH");
    static final List<String> INSTRUMENTS = List.of("SHARE-USD", "BTC-USD", "ETH-BTC");

    /** What one whole unit costs about, in price units: 20.00 USD, 30,000.00 USD, 0.05 BTC. */
    private static final Map<String, Long> USUAL_PRICES =
            Map.of("SHARE-USD", 2_000L, "BTC-USD", 3_000_000L, "ETH-BTC", 5_000_000L);

    /** What an account is usually given, in units: 1,000 shares, 100,000.00 USD, 5 BTC, 2 ETH. */
    private static final Map<String, Long> USUAL_AMOUNTS =
            Map.of("SHARE", 1_000L, "USD", 10_000_000L, "BTC", 500_000_000L, "ETH", 2_000_000_000_000_000_000L);

    final FixedReference reference;

    /** @param stepped whether prices and quantities of some instruments go in steps */
    Market(boolean stepped) {
        reference = new FixedReference()
                .asset("SHARE", 0)
                .asset("USD", 2)
                .asset("BTC", 8)
                .asset("ETH", 18)
                .instrument("SHARE-USD", 2, stepped ? 5L : null, stepped ? 10L : null)
                .instrument("BTC-USD", 2)
                .instrument("ETH-BTC", 8, stepped ? 1_000L : null, stepped ? 1_000_000_000_000L : null);
    }

    String base(String instrument) {
        return reference.instrument(instrument).getBaseAsset();
    }

    String quote(String instrument) {
        return reference.instrument(instrument).getQuoteAsset();
    }

    long usualAmount(String asset) {
        return USUAL_AMOUNTS.get(asset);
    }

    /** A price that an order may name, at most a fifth from the usual one. */
    long price(String instrument, Dice dice) {
        long usual = USUAL_PRICES.get(instrument);
        var tickSize = reference.instrument(instrument).getTickSize();
        return stepped(usual * dice.between(80, 120) / 100, tickSize);
    }

    /** A price at which a fill is within the limit, or about the usual one where there is none. */
    long within(Side side, Long limit, String instrument, Dice dice) {
        if (limit == null) {
            return price(instrument, dice);
        }
        var percent = side == Side.BUY ? dice.between(85, 100) : dice.between(100, 115);
        return Math.max(1, limit / 100 * percent + (percent == 100 ? limit % 100 : 0));
    }

    /** The quantity that a notional buys at a price, in steps of the lot; at least one step. */
    long quantity(String instrument, long notional, long price) {
        var terms = reference.instrument(instrument);
        long quantity = bought(instrument, notional, price);
        return stepped(quantity, terms.getLotSize());
    }

    /** The quantity that a notional buys at a price, at least one unit. */
    long bought(String instrument, long notional, long price) {
        var terms = reference.instrument(instrument);
        int exponent = scale(terms.getBaseAsset()) + terms.getPriceScale() - scale(terms.getQuoteAsset());
        var result = BigDecimal.valueOf(notional)
                .scaleByPowerOfTen(exponent)
                .toBigInteger()
                .divide(BigInteger.valueOf(price));
        return Math.max(1, result.min(BigInteger.valueOf(Long.MAX_VALUE / 2)).longValueExact());
    }

    long lots(String instrument, long quantity) {
        return stepped(quantity, reference.instrument(instrument).getLotSize());
    }

    Instrument instrument(String id) {
        return reference.instrument(id);
    }

    private int scale(String asset) {
        return reference.asset(asset).getScale();
    }

    private static long stepped(long value, Long step) {
        return step == null ? Math.max(1, value) : Math.max(step, value / step * step);
    }
}
