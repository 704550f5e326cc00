package io.bursar.service.view;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.topology.UnavailableException;
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

    /** Whether an instrument and both its assets are known: nobody can hold anything of another one. */
    public boolean isKnown(String instrumentId) {
        return terms(instrumentId) != null;
    }

    /** @throws UnavailableException when it is not known: whoever names it has been refused unless it was */
    InstrumentTerms requireTerms(String instrumentId) {
        var terms = terms(instrumentId);
        if (terms == null) {
            throw notRead("instrument " + instrumentId);
        }
        return terms;
    }

    /** @throws UnavailableException as above */
    int requireScale(String assetId) {
        return scale(assetId).orElseThrow(() -> notRead("asset " + assetId));
    }

    private static UnavailableException notRead(String what) {
        return new UnavailableException("this instance has not read " + what + " yet");
    }

    OptionalInt scale(String assetId) {
        var asset = reference.asset(assetId);
        return asset == null ? OptionalInt.empty() : OptionalInt.of(asset.getScale());
    }
}
