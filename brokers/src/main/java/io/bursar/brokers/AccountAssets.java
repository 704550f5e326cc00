package io.bursar.brokers;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Money of an account.
 *
 * @param updatedAt by the broker's clock; null when it does not say
 */
public record AccountAssets(String accountNumber, Instant updatedAt, List<Segment> segments) {
    public AccountAssets {
        segments = List.copyOf(segments);
    }

    /**
     * A part of the account with cash and margin of its own.
     *
     * @param category such as Tiger's {@code S} for securities and {@code C} for futures
     * @param currency the one that the numbers are in
     * @param cash owned, negative when borrowed
     */
    public record Segment(
            String category,
            String currency,
            BigDecimal cash,
            BigDecimal cashForTrading,
            BigDecimal cashForWithdrawal,
            BigDecimal lockedFunds,
            BigDecimal buyingPower,
            BigDecimal netLiquidation,
            BigDecimal positionValue,
            BigDecimal initialMargin,
            BigDecimal maintenanceMargin,
            BigDecimal realizedPnl,
            BigDecimal unrealizedPnl,
            List<CurrencyCash> currencies) {
        public Segment {
            currencies = List.copyOf(currencies);
        }
    }

    /** Cash of one currency, in it. */
    public record CurrencyCash(String currency, BigDecimal cash, BigDecimal cashForTrading) {}
}
