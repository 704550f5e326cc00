package io.bursar.exactlyonce;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.List;

/** What is traded, and at about which prices. */
final class Market implements ReferenceData {
    private static final Asset USD = new Asset("USD", 2);
    private static final Asset BTC = new Asset("BTC", 8);
    private static final Asset ABC = new Asset("ABC", 4);
    private static final List<Asset> ASSETS = List.of(USD, BTC, ABC);

    /** 0.0001 BTC at 35,000.00 USD, 0.01 ABC at 20.00 USD, 0.01 ABC at 0.00057000 BTC. */
    private static final List<Listing> LISTINGS = List.of(
            new Listing(new Instrument("BTC-USD", "BTC", "USD", 2, null, null, null), 3_500_000, 1, 10_000),
            new Listing(new Instrument("ABC-USD", "ABC", "USD", 2, 5L, 100L, null), 2_000, 5, 100),
            new Listing(new Instrument("ABC-BTC", "ABC", "BTC", 8, null, null, null), 57_000, 1, 100));

    /**
     * An instrument.
     *
     * @param price about which it is traded, in price units
     * @param tick of prices, in price units
     * @param lot of quantities, in base units
     */
    record Listing(Instrument instrument, long price, long tick, long lot) {
        String id() {
            return instrument.getId();
        }
    }

    List<Listing> listings() {
        return LISTINGS;
    }

    List<Asset> assets() {
        return ASSETS;
    }

    List<Instrument> instruments() {
        return LISTINGS.stream().map(Listing::instrument).toList();
    }

    @Override
    public Asset asset(String id) {
        return ASSETS.stream()
                .filter(asset -> asset.getId().equals(id))
                .findAny()
                .orElse(null);
    }

    @Override
    public Instrument instrument(String id) {
        return instruments().stream()
                .filter(instrument -> instrument.getId().equals(id))
                .findAny()
                .orElse(null);
    }
}
