package io.bursar.ledger;

import java.time.Duration;

/**
 * The bounds that the rules speak of. Periods are measured in account time, never by a clock.
 *
 * @param orderMemory how long a closed order is remembered
 * @param commandMemory how long a decided command is remembered, and an execution at least
 * @param futureTolerance how far {@code occurredAt} may lie after the timestamp of its record
 * @param earlyFillTolerance how long before its order a fill may have happened that came before the order
 * @param defaultExpiry after which an order's reservation expires when the order does not say
 * @param longestExpiry the latest deadline of a reservation, from the order's placement
 * @param mostOpenOrders how many orders an account can have open: all of them may expire before one command
 */
public record LedgerRules(
        Duration orderMemory,
        Duration commandMemory,
        Duration futureTolerance,
        Duration earlyFillTolerance,
        Duration defaultExpiry,
        Duration longestExpiry,
        int mostOpenOrders) {

    /** The rules as documented, with no setting changed. */
    public static final LedgerRules DEFAULT = new LedgerRules(
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofDays(7),
            Duration.ofDays(30),
            100_000);
}
