package io.bursar.cli.scenario;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The assets and instruments that a scenario can name.
 *
 * @param assets by id
 * @param instruments by id; their assets are in {@code assets}
 * @param unlisted ids of those that the ledger does not know until a {@code list} line says so
 */
public record Catalogue(Map<String, Asset> assets, Map<String, Instrument> instruments, Set<String> unlisted) {
    /** What every scenario can use without defining it. */
    public static final Catalogue DEFAULT = byDefault();

    public Catalogue {
        assets = Map.copyOf(assets);
        instruments = Map.copyOf(instruments);
        unlisted = Set.copyOf(unlisted);
    }

    /** The assets that the ledger knows from the beginning. */
    public List<Asset> listedAssets() {
        var listed = new ArrayList<>(assets.values());
        listed.removeIf(asset -> unlisted.contains(asset.getId()));
        return listed;
    }

    /** The instruments that the ledger knows from the beginning. */
    public List<Instrument> listedInstruments() {
        var listed = new ArrayList<>(instruments.values());
        listed.removeIf(instrument -> unlisted.contains(instrument.getId()));
        return listed;
    }

    int baseScale(Instrument instrument) {
        return assets.get(instrument.getBaseAsset()).getScale();
    }

    int quoteScale(Instrument instrument) {
        return assets.get(instrument.getQuoteAsset()).getScale();
    }

    private static Catalogue byDefault() {
        var assets = new LinkedHashMap<String, Asset>();
        assets.put("USD", new Asset("USD", 2));
        assets.put("EUR", new Asset("EUR", 2));
        assets.put("ACME", new Asset("ACME", 4));
        assets.put("BTC", new Asset("BTC", 8));
        var instruments = new LinkedHashMap<String, Instrument>();
        instruments.put("ACME-USD", new Instrument("ACME-USD", "ACME", "USD", 2, null, null, null));
        instruments.put("BTC-USD", new Instrument("BTC-USD", "BTC", "USD", 2, null, null, null));
        return new Catalogue(assets, instruments, Set.of());
    }
}
