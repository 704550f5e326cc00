package io.bursar.service.view;

import java.util.List;

/**
 * A fill that was settled, or taken back.
 *
 * @param sequence of its entry
 * @param kind NEW, or BUST: the figures of the fill that it takes back, which count against it; the profit alone has its
 *     sign already
 * @param quantity in the base asset
 * @param price quote asset per base asset
 * @param notional in the quote asset, before fees
 * @param fee in {@code feeAsset}; negative: a rebate
 * @param realizedPnl what it added to the position's profit, in the quote asset, before fees
 * @param late whether the order had been closed before
 */
public record TradeView(
        long sequence,
        String occurredAt,
        String kind,
        String strategy,
        String orderId,
        String executionId,
        String instrument,
        String side,
        String quantity,
        String price,
        String notional,
        String quoteAsset,
        String fee,
        String feeAsset,
        String realizedPnl,
        String liquidity,
        boolean late,
        String venue,
        String tradeId) {
    /** Trades of an account, the last that happened first; {@code sequence} is that of the last entry in the tables. */
    public record Listing(String accountId, long sequence, List<TradeView> trades, String nextCursor) {}
}
