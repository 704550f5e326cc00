package io.bursar.service.view;

import io.bursar.schemas.Position;
import io.bursar.schemas.state.AccountState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * What holdings of an instrument cost.
 *
 * @param quantity in the base asset
 * @param costBasis what all of the quantity cost, in the quote asset
 * @param averageCost the cost of one unit; absent without a quantity, and where it has no end of decimals
 * @param realizedPnl in the quote asset, before fees
 * @param uncoveredQuantity sold without having been bought, in the base asset
 * @param price that the caller gave, in the quote asset for one unit; absent without one, and so is what follows from it
 * @param marketValue what the quantity is worth at that price, in the quote asset, rounded down as a sale would be
 * @param unrealizedPnl the market value less the cost basis
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
        List<Fees> feesPaid,
        String price,
        String marketValue,
        String unrealizedPnl) {
    /** Fees in one asset; negative: more rebates than fees. */
    public record Fees(String asset, String amount) {}

    /** All positions of an account as of a journal entry. */
    public record Listing(String accountId, long sequence, List<PositionView> positions) {}

    /**
     * The positions of an account.
     *
     * @param prices by instrument, positive, in the quote asset for one whole unit of the base asset
     */
    public static Listing listOf(AccountState account, Map<String, BigDecimal> prices) {
        var positions = account.getPositions().stream()
                .map(position -> of(position, prices.get(position.getInstrument())))
                .toList();
        return new Listing(account.getAccountId(), account.getSequence(), positions);
    }

    static PositionView ofNullable(Position position) {
        return position == null ? null : of(position, null);
    }

    private static PositionView of(Position position, BigDecimal price) {
        var terms = position.getTerms();
        var value = price == null ? null : marketValue(position, price);
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
                        .toList(),
                price == null ? null : price.toPlainString(),
                value == null ? null : value.toPlainString(),
                value == null
                        ? null
                        : value.subtract(BigDecimal.valueOf(position.getCostBasis(), terms.getQuoteScale()))
                                .toPlainString());
    }

    private static BigDecimal marketValue(Position position, BigDecimal price) {
        var terms = position.getTerms();
        return BigDecimal.valueOf(position.getQuantity(), terms.getBaseScale())
                .multiply(price)
                .setScale(terms.getQuoteScale(), RoundingMode.FLOOR);
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
