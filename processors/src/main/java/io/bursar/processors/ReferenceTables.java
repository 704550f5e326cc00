package io.bursar.processors;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The assets and instruments of an instance, in memory. What would change a scale or an asset of a known id is refused.
 * Thread-safe.
 */
public final class ReferenceTables implements ReferenceData {
    private static final int MAX_SCALE = 18;

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();
    private final Map<String, Instrument> instruments = new ConcurrentHashMap<>();

    @Override
    public Asset asset(String id) {
        return assets.get(id);
    }

    @Override
    public Instrument instrument(String id) {
        return instruments.get(id);
    }

    /** All assets as of now, by their ids. */
    public List<Asset> assets() {
        return assets.values().stream()
                .sorted(Comparator.comparing(Asset::getId))
                .toList();
    }

    /** All instruments as of now, by their ids. */
    public List<Instrument> instruments() {
        return instruments.values().stream()
                .sorted(Comparator.comparing(Instrument::getId))
                .toList();
    }

    /**
     * Takes an asset as it came.
     *
     * @throws BadRecordException when it is malformed, or would change a scale; nothing changes then
     */
    public void takeAsset(String key, Asset asset) throws BadRecordException {
        requireIdentity(key, asset == null ? null : asset.getId());
        put(asset);
    }

    /**
     * Takes an instrument as it came.
     *
     * @throws BadRecordException when it is malformed, or would change assets or scales; nothing changes then
     */
    public void takeInstrument(String key, Instrument instrument) throws BadRecordException {
        requireIdentity(key, instrument == null ? null : instrument.getId());
        put(instrument);
    }

    private static void requireIdentity(String key, String id) throws BadRecordException {
        if (key == null || id == null) {
            throw new BadRecordException("key or value is missing: what orders were placed for cannot be deleted");
        }
        if (!id.equals(key)) {
            throw new BadRecordException("id is '" + WellFormed.shortened(id) + "': it must equal the record's key '"
                    + WellFormed.shortened(key) + "'");
        }
    }

    void put(Asset asset) throws BadRecordException {
        WellFormed.requireId("id", asset.getId());
        requireScale("scale", asset.getScale());
        var known = assets.get(asset.getId());
        if (known != null && known.getScale() != asset.getScale()) {
            throw new BadRecordException("scale of asset " + asset.getId() + " is " + asset.getScale() + ": it was "
                    + known.getScale() + ", and scales never change");
        }
        assets.put(asset.getId(), asset);
    }

    void put(Instrument instrument) throws BadRecordException {
        WellFormed.requireId("id", instrument.getId());
        WellFormed.requireId("baseAsset", instrument.getBaseAsset());
        WellFormed.requireId("quoteAsset", instrument.getQuoteAsset());
        requireScale("priceScale", instrument.getPriceScale());
        requireStep("tickSize", instrument.getTickSize());
        requireStep("lotSize", instrument.getLotSize());
        if (instrument.getBaseAsset().equals(instrument.getQuoteAsset())) {
            throw new BadRecordException("baseAsset and quoteAsset of instrument " + instrument.getId() + " are both "
                    + instrument.getBaseAsset() + ": they must differ");
        }
        var known = instruments.get(instrument.getId());
        if (known != null && !hasTermsOf(known, instrument)) {
            throw new BadRecordException("instrument " + instrument.getId() + " is " + terms(instrument) + ": it was "
                    + terms(known) + ", and assets and scales never change");
        }
        instruments.put(instrument.getId(), instrument);
    }

    private static boolean hasTermsOf(Instrument known, Instrument instrument) {
        return terms(known).equals(terms(instrument));
    }

    private static String terms(Instrument instrument) {
        return instrument.getBaseAsset() + "/" + instrument.getQuoteAsset() + " with price scale "
                + instrument.getPriceScale();
    }

    private static void requireScale(String field, int scale) throws BadRecordException {
        if (scale < 0 || scale > MAX_SCALE) {
            throw new BadRecordException(field + " is " + scale + ": scales are 0 to " + MAX_SCALE);
        }
    }

    private static void requireStep(String field, Long step) throws BadRecordException {
        if (step != null && step <= 0) {
            throw new BadRecordException(field + " is " + step + ": it must be positive or absent");
        }
    }
}
