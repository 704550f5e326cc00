package io.bursar.brokers;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A position of an account.
 *
 * @param symbol the broker's, such as {@code AAPL}
 * @param identifier the broker's for exactly this instrument, with expiry and strike; null when it does not say
 * @param securityType such as {@code STK}, {@code OPT} or {@code FUT}
 * @param quantity negative when short
 * @param salable how much of it can be sold now
 * @param multiplier units of the underlying in one of quantity
 * @param updatedAt by the broker's clock; null when it does not say
 */
public record Position(
        String symbol,
        String identifier,
        String securityType,
        String market,
        String currency,
        BigDecimal quantity,
        BigDecimal salable,
        BigDecimal averageCost,
        BigDecimal latestPrice,
        BigDecimal marketValue,
        BigDecimal realizedPnl,
        BigDecimal unrealizedPnl,
        BigDecimal multiplier,
        Instant updatedAt) {}
