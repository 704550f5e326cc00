package io.bursar.ledger.model;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.Map;
import java.util.TreeMap;

/** The assets and instruments that are listed. */
final class ModelReference {
    final Map<String, Asset> assets = new TreeMap<>();
    final Map<String, Instrument> instruments = new TreeMap<>();

    ModelReference asset(String id, int scale) {
        assets.put(id, new Asset(id, scale));
        return this;
    }

    ModelReference instrument(String base, String quote, int priceScale) {
        var id = base + "-" + quote;
        return instrument(new Instrument(id, base, quote, priceScale, null, null, null));
    }

    ModelReference instrument(Instrument instrument) {
        instruments.put(instrument.getId(), instrument);
        return this;
    }

    void requireAsset(String id) {
        if (!assets.containsKey(id)) {
            throw Refusal.of("asset_not_found").thrown();
        }
    }

    Instrument requireInstrument(String id) {
        var instrument = instruments.get(id);
        if (instrument == null) {
            throw Refusal.of("instrument_not_found").thrown();
        }
        return instrument;
    }

    Amounts.Terms terms(Instrument instrument) {
        return new Amounts.Terms(
                instrument.getBaseAsset(),
                instrument.getQuoteAsset(),
                assets.get(instrument.getBaseAsset()).getScale(),
                assets.get(instrument.getQuoteAsset()).getScale(),
                instrument.getPriceScale());
    }
}
