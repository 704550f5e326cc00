package io.bursar.service.view;

import io.bursar.schemas.Position;
import io.bursar.schemas.state.AccountState;
import java.math.BigDecimal;
import java.util.List;

/**
 * What holdings of an instrument cost.
 *
 * @param quantity in the base asset
 * @param costBasis what all of the quantity cost, in the quote asset
 * @param averageCost the cost of one unit; absent without a quantity, and where it has no end of decimals
 * @param realizedPnl in the quote asset, before fees
 * @param uncoveredQuantity sold without having been bought, in the base asset
 */
public record PositionView(
        String strategy,
        String instrument,
        String quantity,
        String baseAsset,
        String costBasis,
        String quoteAsset,
        String averageCost,
        String realizedPnl,
        String uncoveredQuantity,
        List<Fees> feesPaid) {
    /** Fees in one asset; negative: more rebates than fees. */
    public record Fees(String asset, String amount) {}

    /** All positions of an account as of a journal entry. */
    public record Listing(String accountId, long sequence, List<PositionView> positions) {}

    /** The positions of an account. */
    public static Listing listOf(AccountState account) {
        var positions = account.getPositions().stream().map(PositionView::of).toList();
        return new Listing(account.getAccountId(), account.getSequence(), positions);
    }

    private static PositionView of(Position position) {
        var terms = position.getTerms();
        return new PositionView(
                position.getStrategy(),
                position.getInstrument(),
                Decimals.of(position.getQuantity(), terms.getBaseScale()),
                terms.getBaseAsset(),
                Decimals.of(position.getCostBasis(), terms.getQuoteScale()),
                terms.getQuoteAsset(),
                averageCost(position),
                Decimals.of(position.getRealizedPnl(), terms.getQuoteScale()),
                Decimals.of(position.getUncoveredQuantity(), terms.getBaseScale()),
                position.getFeesPaid().stream()
                        .map(fees -> new Fees(fees.getAsset(), Decimals.of(fees.getAmount(), fees.getScale())))
                        .toList());
    }

    private static String averageCost(Position position) {
        if (position.getQuantity() == 0) {
            return null;
        }
        var terms = position.getTerms();
        var cost = BigDecimal.valueOf(position.getCostBasis(), terms.getQuoteScale());
        var quantity = BigDecimal.valueOf(position.getQuantity(), terms.getBaseScale());
        try {
            return cost.divide(quantity).stripTrailingZeros().toPlainString();
        } catch (ArithmeticException endlessDecimals) {
            return null;
        }
    }
}
