package io.bursar.service.view;

import io.bursar.schemas.Instrument;

/**
 * An instrument.
 *
 * @param priceScale how many decimals prices have at most
 * @param tickSize limit prices are multiples of it; quote asset per base asset
 * @param lotSize order quantities are multiples of it; in the base asset
 * @param market whose permission an account needs; absent: none
 * @param unscaled the lot size of an instrument whose base asset is not known yet, instead of the amount
 */
public record InstrumentView(
        String instrument,
        String baseAsset,
        String quoteAsset,
        int priceScale,
        String tickSize,
        String lotSize,
        String market,
        Unscaled unscaled) {
    /** Whole numbers in the smallest units, of which the size is not known. */
    public record Unscaled(String lotSize) {}

    /** The view of an instrument. */
    public static InstrumentView of(Instrument instrument, Units units) {
        var lotSize = instrument.getLotSize();
        var scale = units.scale(instrument.getBaseAsset());
        return new InstrumentView(
                instrument.getId(),
                instrument.getBaseAsset(),
                instrument.getQuoteAsset(),
                instrument.getPriceScale(),
                Decimals.ofNullable(instrument.getTickSize(), instrument.getPriceScale()),
                scale.isPresent() ? Decimals.ofNullable(lotSize, scale.getAsInt()) : null,
                instrument.getMarket(),
                lotSize == null || scale.isPresent() ? null : new Unscaled(Decimals.of(lotSize, 0)));
    }
}
