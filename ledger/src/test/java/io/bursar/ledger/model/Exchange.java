package io.bursar.ledger.model;

import io.bursar.ledger.Dice;
import io.bursar.schemas.Instrument;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** What random runs trade: scales from 0 to 18, ticks and lots, a market of its own, and something not listed yet. */
final class Exchange {
    static final String UNLISTED_ASSET = "GOLD";
    static final String UNLISTED_INSTRUMENT = "GOLD-USD";
    static final String MARKET = "PIT";
    static final List<String> ASSETS = List.of("SHARE", "USD", "BTC", "ETH");
    static final List<String> INSTRUMENTS =
            List.of("SHARE-USD", "BTC-USD", "ETH-BTC", "ETH-SHARE", "PIT-SHARE", UNLISTED_INSTRUMENT);

    private static final Map<String, Long> USUAL_AMOUNTS = Map.of(
            "SHARE",
            10_000L,
            "USD",
            50_000_000L,
            "BTC",
            2_000_000_000L,
            "ETH",
            9_000_000_000_000_000_000L,
            UNLISTED_ASSET,
            10_000L);

    private static final Map<String, Long> USUAL_PRICES = Map.of(
            "SHARE-USD",
            2_000L,
            "BTC-USD",
            3_000_000L,
            "ETH-BTC",
            5_000_000L,
            "ETH-SHARE",
            31_234L,
            "PIT-SHARE",
            2_000L,
            UNLISTED_INSTRUMENT,
            100_000L);

    /** What is ordered at most as a rule, in lots or units. */
    private static final Map<String, Long> USUAL_QUANTITIES = Map.of(
            "SHARE-USD",
            40L,
            "BTC-USD",
            20_000_000L,
            "ETH-BTC",
            1_000_000L,
            "ETH-SHARE",
            1_000_000_000_000_000_000L,
            "PIT-SHARE",
            300L,
            UNLISTED_INSTRUMENT,
            500L);

    final ModelReference reference = new ModelReference()
            .asset("SHARE", 0)
            .asset("USD", 2)
            .asset("BTC", 8)
            .asset("ETH", 18)
            .instrument(new Instrument("SHARE-USD", "SHARE", "USD", 2, 5L, 10L, null))
            .instrument("BTC", "USD", 2)
            .instrument(new Instrument("ETH-BTC", "ETH", "BTC", 8, 1_000L, 1_000_000_000_000L, null))
            .instrument("ETH", "SHARE", 4);

    /** @param hasMarkets whether the shares that the pit trades need a permission */
    Exchange(boolean hasMarkets) {
        reference.instrument(new Instrument("PIT-SHARE", "SHARE", "USD", 2, null, null, hasMarkets ? MARKET : null));
    }

    void listTheUnlisted() {
        reference.asset(UNLISTED_ASSET, 3).instrument(UNLISTED_ASSET, "USD", 2);
    }

    long usualAmount(String asset) {
        return USUAL_AMOUNTS.get(asset);
    }

    /** A price about the usual one, mostly on the tick. */
    long price(String instrument, Dice dice) {
        long price = USUAL_PRICES.getOrDefault(instrument, 1_000L) * dice.between(800, 1_200) / 1_000;
        return stepped(
                price, listed(instrument) == null ? null : listed(instrument).getTickSize(), dice);
    }

    /** A quantity that is not unusual, mostly in lots. */
    long quantity(String instrument, Dice dice) {
        var lot = listed(instrument) == null ? null : listed(instrument).getLotSize();
        long quantity = dice.between(1, USUAL_QUANTITIES.getOrDefault(instrument, 10L)) * (lot == null ? 1 : lot);
        return stepped(quantity, lot, dice);
    }

    /** As much of it as there is, in lots. */
    long atMost(String instrument, long quantity, BigInteger available) {
        if (available.signum() <= 0 || available.compareTo(BigInteger.valueOf(quantity)) >= 0) {
            return quantity;
        }
        var lot = listed(instrument) == null ? null : listed(instrument).getLotSize();
        long rest = available.longValueExact();
        return lot == null ? rest : Math.max(lot, rest / lot * lot);
    }

    Instrument listed(String instrument) {
        return reference.instruments.get(instrument);
    }

    private static long stepped(long amount, Long step, Dice dice) {
        return step == null || dice.chance(3) ? Math.max(1, amount) : Math.max(step, amount / step * step);
    }
}
