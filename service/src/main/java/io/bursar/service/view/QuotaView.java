package io.bursar.service.view;

import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.StrategyQuota;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What a strategy, or a whole account, may do at most, and what counts towards it; what is absent is unlimited.
 *
 * @param strategy absent of a whole account
 */
public record QuotaView(
        String strategy,
        Integer maxOpenOrders,
        Integer maxOrdersPerDay,
        List<Notional> maxNotionalPerDay,
        List<Notional> maxOrderNotional,
        List<Holding> maxPosition,
        Used used) {
    /** Money of an asset. */
    public record Notional(String asset, String amount) {}

    /** @param quantity in the base asset of the instrument */
    public record Holding(String instrument, String quantity) {}

    /**
     * What counts since the quota was set.
     *
     * @param day the UTC day of account time that the orders and the notional are of
     * @param notional of assets with a limit by day
     * @param buying what open orders can still buy, of instruments with a limit of their position
     */
    public record Used(int openOrders, String day, int orders, List<Notional> notional, List<Holding> buying) {}

    /** The limits of a whole account as of a journal entry; absent when none were ever set. */
    public record Limits(String accountId, long sequence, QuotaView limits) {}

    /** Quotas of strategies as of a journal entry. */
    public record Listing(String accountId, long sequence, List<QuotaView> quotas, String nextCursor) {}

    /**
     * The limits of a whole account.
     *
     * @throws io.bursar.topology.UnavailableException when an asset in them has not been read yet
     */
    public static Limits limits(AccountState account, Optional<StrategyQuota> limits, Units units) {
        return new Limits(
                account.getAccountId(),
                account.getSequence(),
                limits.map(found -> of(account, found, units)).orElse(null));
    }

    /**
     * Quotas of strategies.
     *
     * @param nextCursor null at the end of the list
     * @throws io.bursar.topology.UnavailableException when an asset in them has not been read yet
     */
    public static Listing listOf(AccountState account, List<StrategyQuota> quotas, Units units, String nextCursor) {
        var views = quotas.stream().map(quota -> of(account, quota, units)).toList();
        return new Listing(account.getAccountId(), account.getSequence(), views, nextCursor);
    }

    private static QuotaView of(AccountState account, StrategyQuota row, Units units) {
        var quota = row.getQuota();
        return new QuotaView(
                row.getStrategy().isEmpty() ? null : row.getStrategy(),
                quota.getMaxOpenOrders(),
                quota.getMaxOrdersPerDay(),
                notional(quota.getMaxNotionalPerDay(), units),
                notional(quota.getMaxOrderNotional(), units),
                holdings(quota.getMaxPosition(), units),
                used(account, row, units));
    }

    /** A row is of the day of its last order: once account time is in a later one, nothing has been used of that. */
    private static Used used(AccountState account, StrategyQuota row, Units units) {
        var today = account.getAccountTime().atOffset(ZoneOffset.UTC).toLocalDate();
        boolean isOfToday = LocalDate.ofEpochDay(row.getDay()).equals(today);
        return new Used(
                row.getOpenOrders(),
                today.toString(),
                isOfToday ? row.getOrdersOfDay() : 0,
                isOfToday ? notional(row.getNotionalOfDay(), units) : List.of(),
                holdings(row.getBuying(), units));
    }

    private static List<Notional> notional(List<NotionalLimit> limits, Units units) {
        return limits.stream()
                .map(limit -> new Notional(
                        limit.getAsset(), Decimals.of(limit.getAmount(), units.requireScale(limit.getAsset()))))
                .toList();
    }

    private static List<Holding> holdings(List<PositionLimit> limits, Units units) {
        return limits.stream()
                .map(limit -> new Holding(
                        limit.getInstrument(),
                        Decimals.of(
                                limit.getQuantity(),
                                units.requireTerms(limit.getInstrument()).getBaseScale())))
                .toList();
    }
}
