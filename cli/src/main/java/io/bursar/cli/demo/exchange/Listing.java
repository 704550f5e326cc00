package io.bursar.cli.demo.exchange;

import io.bursar.cli.demo.flow.Money;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.List;

/**
 * An instrument of the simulated exchange.
 *
 * @param startPrice in price units, a multiple of the tick size
 * @param largestLots the largest quantity of an order, in lots
 * @param feesInBase whether outside venues may take the fee of a BUY out of what was bought
 */
record Listing(
        String id,
        Asset base,
        Asset quote,
        int priceScale,
        long tick,
        long lot,
        long startPrice,
        long largestLots,
        boolean feesInBase) {
    private static final Asset USD = new Asset("USD", 2);
    private static final Asset EUR = new Asset("EUR", 2);
    private static final Asset BTC = new Asset("BTC", 8);
    private static final Asset ETH = new Asset("ETH", 9);
    private static final Asset AAPL = new Asset("AAPL", 0);
    private static final Asset MSFT = new Asset("MSFT", 0);

    /** Scales from 0 to 9, prices from cents to tens of thousands, and one instrument that is not paid in dollars. */
    static final List<Listing> ALL = List.of(
            new Listing("BTC-USD", BTC, USD, 2, 10, 10_000, 6_500_000, 2_000, true),
            new Listing("ETH-USD", ETH, USD, 2, 1, 1_000_000, 350_000, 4_000, true),
            new Listing("ETH-BTC", ETH, BTC, 5, 1, 10_000_000, 5_384, 400, true),
            new Listing("EUR-USD", EUR, USD, 5, 1, 10_000, 108_000, 100, false),
            new Listing("AAPL-USD", AAPL, USD, 4, 100, 1, 2_250_000, 60, false),
            new Listing("MSFT-USD", MSFT, USD, 2, 1, 1, 42_000, 30, false));

    static List<Asset> assets() {
        return List.of(USD, EUR, BTC, ETH, AAPL, MSFT);
    }

    Instrument instrument() {
        return new Instrument(id, base.getId(), quote.getId(), priceScale, tick, lot, null);
    }

    Money money() {
        return new Money(base.getScale() + priceScale - quote.getScale());
    }

    long largestQuantity() {
        return largestLots * lot;
    }

    /** Orders and the market stay below it. */
    long highestPrice() {
        return onTick(startPrice + startPrice / 4);
    }

    /** Orders and the market stay above it. */
    long lowestPrice() {
        return onTick(startPrice - startPrice / 4);
    }

    long onTick(long price) {
        return price - price % tick;
    }

    long onLot(long quantity) {
        return quantity - quantity % lot;
    }
}
