package io.bursar.service.view;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.InstrumentTerms;
import java.util.OptionalInt;

/** The assets and scales behind amounts that do not carry their own. Thread-safe. */
public final class Units {
    private final ReferenceData reference;

    /** Looks up what is known by now. */
    public Units(ReferenceData reference) {
        this.reference = reference;
    }

    /** The terms of an instrument, or null when it, or one of its assets, is not known. */
    InstrumentTerms terms(String instrumentId) {
        var instrument = reference.instrument(instrumentId);
        if (instrument == null) {
            return null;
        }
        var base = reference.asset(instrument.getBaseAsset());
        var quote = reference.asset(instrument.getQuoteAsset());
        return base == null || quote == null
                ? null
                : new InstrumentTerms(
                        base.getId(), quote.getId(), base.getScale(), quote.getScale(), instrument.getPriceScale());
    }

    OptionalInt scale(String assetId) {
        var asset = reference.asset(assetId);
        return asset == null ? OptionalInt.empty() : OptionalInt.of(asset.getScale());
    }
}
