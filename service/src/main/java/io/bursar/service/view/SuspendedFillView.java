package io.bursar.service.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bursar.schemas.Fill;
import io.bursar.schemas.state.SuspendedFill;
import java.util.List;

/**
 * A fill that waits for its order or for an operator.
 *
 * @param sequence of the entry that suspended it: the handle by which it is resolved
 * @param occurredAt when the fill counts as having happened
 * @param quantity in the base asset
 * @param price quote asset per base asset
 * @param fee in {@code feeAsset}; negative: a rebate
 * @param last whether no further fill of the order was to come
 * @param unscaled the numbers of a fill whose instrument or assets are not known, instead of amounts
 */
public record SuspendedFillView(
        long sequence,
        String occurredAt,
        String executionId,
        String orderId,
        String instrument,
        String baseAsset,
        String quoteAsset,
        String side,
        String quantity,
        String price,
        String fee,
        String feeAsset,
        String liquidity,
        @JsonProperty("final") boolean last,
        String venue,
        String tradeId,
        RejectionView rejection,
        Unscaled unscaled) {
    /** Whole numbers in the smallest units, of which the size is not known. */
    public record Unscaled(String quantity, String price, String fee) {}

    /** Suspended fills of an account as of a journal entry. */
    public record Listing(String accountId, long sequence, boolean truncated, List<SuspendedFillView> suspendedFills) {}

    /** The view of a suspended fill. */
    public static SuspendedFillView of(SuspendedFill suspended, Units units) {
        var fill = suspended.getFill();
        var terms = units.terms(fill.getInstrument());
        var feeAsset = fill.getFeeAsset() != null || terms == null ? fill.getFeeAsset() : terms.getQuoteAsset();
        var feeScale = feeAsset == null ? null : units.scale(feeAsset);
        boolean known = terms != null && feeScale != null && feeScale.isPresent();
        return new SuspendedFillView(
                suspended.getSequence(),
                suspended.getOccurredAt().toString(),
                fill.getExecutionId(),
                fill.getOrderId(),
                fill.getInstrument(),
                terms == null ? null : terms.getBaseAsset(),
                terms == null ? null : terms.getQuoteAsset(),
                fill.getSide().name(),
                known ? Decimals.of(fill.getQuantity(), terms.getBaseScale()) : null,
                known ? Decimals.of(fill.getPrice(), terms.getPriceScale()) : null,
                known ? Decimals.of(fill.getFee(), feeScale.getAsInt()) : null,
                feeAsset,
                fill.getLiquidity().name(),
                fill.getFinal$(),
                fill.getVenue(),
                fill.getTradeId(),
                RejectionView.of(suspended.getRejection()),
                known ? null : unscaled(fill));
    }

    private static Unscaled unscaled(Fill fill) {
        return new Unscaled(
                Decimals.of(fill.getQuantity(), 0), Decimals.of(fill.getPrice(), 0), Decimals.of(fill.getFee(), 0));
    }
}
