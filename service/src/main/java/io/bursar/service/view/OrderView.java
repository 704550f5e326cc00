package io.bursar.service.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.AccountState;
import java.time.Instant;
import java.util.List;

/**
 * An order, with what it still holds.
 *
 * @param quantity in the base asset; on a BUY by notional: the most that may be bought
 * @param limitPrice quote asset per base asset
 * @param notional in the quote asset: the most that may be spent, fees included
 * @param held in {@code heldAsset}
 * @param filledQuantity in the base asset
 * @param filledNotional in the quote asset, before fees
 * @param closedAt in account time
 * @param decidedSequence of the entry that accepted or rejected the order
 * @param unscaled the numbers of an order whose instrument is not known, instead of amounts
 */
public record OrderView(
        String orderId,
        String strategy,
        String instrument,
        String baseAsset,
        String quoteAsset,
        String side,
        String type,
        String quantity,
        String limitPrice,
        String notional,
        String held,
        String heldAsset,
        String filledQuantity,
        String filledNotional,
        String status,
        String placedAt,
        String expiresAt,
        String closedAt,
        int suspendedFills,
        long decidedSequence,
        RejectionView rejection,
        Unscaled unscaled) {
    /** Whole numbers in the smallest units, of which the size is not known. */
    public record Unscaled(String quantity, String limitPrice, String notional) {}

    /**
     * Orders of an account as of a journal entry.
     *
     * @param truncated whether there is a next cursor
     */
    public record Listing(
            String accountId, long sequence, boolean truncated, List<OrderView> orders, String nextCursor) {}

    /** @param nextCursor null at the end of the list */
    public static Listing listOf(AccountState account, List<OrderView> orders, String nextCursor) {
        return new Listing(account.getAccountId(), account.getSequence(), nextCursor != null, orders, nextCursor);
    }

    /** One order of an account as of a journal entry. */
    public record Single(
            String accountId, long sequence, @JsonUnwrapped OrderView order) {}

    /** The view of an order. */
    public static OrderView of(Order order, Units units) {
        var terms = order.getTerms() != null ? order.getTerms() : units.terms(order.getInstrument());
        return terms == null ? unscaled(order) : scaled(order, terms);
    }

    private static OrderView scaled(Order order, InstrumentTerms terms) {
        boolean buys = order.getSide() == Side.BUY;
        int heldScale = buys ? terms.getQuoteScale() : terms.getBaseScale();
        return new OrderView(
                order.getOrderId(),
                order.getStrategy(),
                order.getInstrument(),
                terms.getBaseAsset(),
                terms.getQuoteAsset(),
                order.getSide().name(),
                order.getType().name(),
                Decimals.ofNullable(order.getQuantity(), terms.getBaseScale()),
                Decimals.ofNullable(order.getLimitPrice(), terms.getPriceScale()),
                Decimals.ofNullable(order.getNotional(), terms.getQuoteScale()),
                Decimals.of(order.getHeld(), heldScale),
                buys ? terms.getQuoteAsset() : terms.getBaseAsset(),
                Decimals.of(order.getFilledQuantity(), terms.getBaseScale()),
                Decimals.of(order.getFilledNotional(), terms.getQuoteScale()),
                order.getStatus().name(),
                order.getPlacedAt().toString(),
                order.getExpiresAt().toString(),
                text(order.getClosedAt()),
                order.getSuspendedFills(),
                order.getDecidedSequence(),
                RejectionView.ofNullable(order.getRejection()),
                null);
    }

    /** Only a rejected order can be without terms: it holds nothing and nothing of it was filled. */
    private static OrderView unscaled(Order order) {
        return new OrderView(
                order.getOrderId(),
                order.getStrategy(),
                order.getInstrument(),
                null,
                null,
                order.getSide().name(),
                order.getType().name(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                order.getStatus().name(),
                order.getPlacedAt().toString(),
                order.getExpiresAt().toString(),
                text(order.getClosedAt()),
                order.getSuspendedFills(),
                order.getDecidedSequence(),
                RejectionView.ofNullable(order.getRejection()),
                new Unscaled(
                        Decimals.ofNullable(order.getQuantity(), 0),
                        Decimals.ofNullable(order.getLimitPrice(), 0),
                        Decimals.ofNullable(order.getNotional(), 0)));
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
