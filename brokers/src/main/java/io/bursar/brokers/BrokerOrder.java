package io.bursar.brokers;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An order as the broker knows it.
 *
 * @param id the broker's, unique over all of its accounts
 * @param mark what was given to the broker with the order to recognise it by; null when there was nothing
 * @param side {@code BUY} or {@code SELL}
 * @param type such as {@code LMT} or {@code MKT}
 * @param limitPrice null for orders without one
 * @param status the broker's, such as {@code Submitted}, {@code Filled} or {@code Cancelled}
 * @param averagePrice of what is filled
 * @param timeInForce such as {@code DAY} or {@code GTC}
 * @param openedAt by the broker's clock, as is {@code updatedAt}; null when it does not say
 */
public record BrokerOrder(
        String id,
        String mark,
        String symbol,
        String identifier,
        String securityType,
        String market,
        String currency,
        String side,
        String type,
        BigDecimal quantity,
        BigDecimal filled,
        BigDecimal limitPrice,
        BigDecimal averagePrice,
        String status,
        String timeInForce,
        BigDecimal commission,
        BigDecimal realizedPnl,
        Instant openedAt,
        Instant updatedAt) {}
