package io.bursar.ledger;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.LinkedHashMap;
import java.util.Map;

/** Assets and instruments that a test lays down. */
final class FixedReference implements ReferenceData {
    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final Map<String, Instrument> instruments = new LinkedHashMap<>();

    FixedReference asset(String id, int scale) {
        assets.put(id, new Asset(id, scale));
        return this;
    }

    /** An instrument named {@code BASE-QUOTE}. */
    FixedReference instrument(String id, int priceScale) {
        return instrument(id, priceScale, null, null);
    }

    FixedReference instrument(String id, int priceScale, Long tickSize, Long lotSize) {
        var assetIds = id.split("-", -1);
        instruments.put(id, new Instrument(id, assetIds[0], assetIds[1], priceScale, tickSize, lotSize, null));
        return this;
    }

    /** From here on only accounts with a permission for the market may order the instrument. */
    void market(String instrument, String market) {
        instruments.get(instrument).setMarket(market);
    }

    void forget(String instrument) {
        instruments.remove(instrument);
    }

    @Override
    public Asset asset(String id) {
        return assets.get(id);
    }

    @Override
    public Instrument instrument(String id) {
        return instruments.get(id);
    }
}
