package io.bursar.service.view;

import io.bursar.schemas.Lot;
import io.bursar.schemas.state.AccountState;
import java.util.List;

/**
 * What was bought or brought in at once, as far as it is still there, of an account that keeps its cost by FIFO.
 *
 * @param number within strategy and instrument; the lowest is the oldest and is sold first
 * @param quantity in the base asset
 * @param cost what all of the quantity cost, in the quote asset
 */
public record LotView(long number, String quantity, String cost) {
    /** @param nextCursor null at the end of the list */
    public record Listing(
            String accountId,
            long sequence,
            String strategy,
            String instrument,
            String baseAsset,
            String quoteAsset,
            List<LotView> lots,
            String nextCursor) {}

    /**
     * Lots of one position.
     *
     * @param strategy empty for what belongs to none
     * @throws io.bursar.topology.UnavailableException when the instrument has not been read yet
     */
    public static Listing listOf(
            AccountState account, String strategy, String instrument, List<Lot> lots, Units units, String nextCursor) {
        var terms = units.requireTerms(instrument);
        var views = lots.stream()
                .map(lot -> new LotView(
                        lot.getNumber(),
                        Decimals.of(lot.getQuantity(), terms.getBaseScale()),
                        Decimals.of(lot.getCost(), terms.getQuoteScale())))
                .toList();
        return new Listing(
                account.getAccountId(),
                account.getSequence(),
                strategy,
                instrument,
                terms.getBaseAsset(),
                terms.getQuoteAsset(),
                views,
                nextCursor);
    }
}
