package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;
import static io.bursar.ledger.Rejections.beyondQuota;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LimitsSet;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderAmended;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.QuotaSet;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.StrategyQuota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What strategies and whole accounts may do at most. A quota counts from when it is set: what was accepted earlier on the
 * same day does not count, while orders that are open then do. Accounts without any pay nothing for it: only where there
 * is a quota does anybody count.
 */
final class Quotas {
    /** The limits of the whole account lie where the quota of a strategy without a name would. */
    static final String WHOLE_ACCOUNT = "";

    private static final long SECONDS_OF_DAY = 86_400;
    private static final Quota UNLIMITED = new Quota(null, null, List.of(), List.of(), List.of());

    private final ReferenceData reference;

    Quotas(ReferenceData reference) {
        this.reference = reference;
    }

    Rejection setLimits(WorkingAccount work, Command command, SetLimits set) {
        return set(work, command, set.getLimits(), new LimitsSet(set));
    }

    Rejection setQuota(WorkingAccount work, Command command, SetQuota set) {
        return set(work, command, set.getQuota(), new QuotaSet(set));
    }

    private Rejection set(WorkingAccount work, Command command, Quota quota, Object body) {
        var refusal = AccountLifeCycle.unlessKnown(work.account());
        if (refusal == null) {
            refusal = check(quota);
        }
        if (refusal == null) {
            new EntryDraft(work).append(Cause.of(command), command.occurredAt(), body, null, null);
        }
        return refusal;
    }

    /** A limit of something that there is not would bound nothing, and nobody would notice. */
    private Rejection check(Quota quota) {
        long least = 0;
        for (var limit : quota.getMaxNotionalPerDay()) {
            if (reference.asset(limit.getAsset()) == null) {
                return because(ReasonCode.ASSET_NOT_FOUND);
            }
            least = Math.min(least, limit.getAmount());
        }
        for (var limit : quota.getMaxOrderNotional()) {
            if (reference.asset(limit.getAsset()) == null) {
                return because(ReasonCode.ASSET_NOT_FOUND);
            }
            least = Math.min(least, limit.getAmount());
        }
        for (var limit : quota.getMaxPosition()) {
            if (reference.instrument(limit.getInstrument()) == null) {
                return because(ReasonCode.INSTRUMENT_NOT_FOUND);
            }
            least = Math.min(least, limit.getQuantity());
        }
        least = quota.getMaxOpenOrders() == null ? least : Math.min(least, quota.getMaxOpenOrders());
        least = quota.getMaxOrdersPerDay() == null ? least : Math.min(least, quota.getMaxOrdersPerDay());
        return least < 0 ? beyond(ReasonCode.LIMIT_MUST_NOT_BE_NEGATIVE, 0, least) : null;
    }

    /** Whether a BUY has to say how much it buys at most, because a limit of the position bounds it. */
    static boolean isQuantityMissing(AccountRows rows, PlaceOrder place) {
        if (place.getSide() == Side.SELL || place.getQuantity() != null) {
            return false;
        }
        for (var row : of(rows, place.getStrategy())) {
            if (positionLimit(row.getQuota().getMaxPosition(), place.getInstrument()) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses a new order that would pass a limit, or one more than an account can have open.
     *
     * @param now the account's time when the order is accepted
     */
    static Rejection checkNew(AccountRows rows, Order order, Instant now, int mostOpenOrders) {
        var quotas = of(rows, order.getStrategy());
        long added = quotas.isEmpty() ? 0 : notional(order);
        var refusal = checkNotional(quotas, order, added);
        if (refusal == null) {
            refusal = checkOpenOrders(rows.account(), quotas, mostOpenOrders);
        }
        if (refusal == null) {
            refusal = checkOrdersOfDay(quotas, now);
        }
        if (refusal == null) {
            refusal = checkNotionalOfDay(quotas, order, added, now);
        }
        return refusal == null ? checkPosition(rows.account(), quotas, order, null) : refusal;
    }

    /**
     * Refuses an amended order that would pass a limit. What reduces an order is never refused.
     *
     * @param now the account's time when the amendment is accepted
     */
    static Rejection checkAmended(AccountRows rows, Order order, Order before, Instant now) {
        var quotas = of(rows, order.getStrategy());
        long added = quotas.isEmpty() ? 0 : notional(order) - notional(before);
        var refusal = checkNotional(quotas, order, added);
        if (refusal == null) {
            refusal = checkNotionalOfDay(quotas, order, added, now);
        }
        return refusal == null ? checkPosition(rows.account(), quotas, order, before) : refusal;
    }

    private static Rejection checkNotional(List<StrategyQuota> quotas, Order order, long added) {
        for (var row : quotas) {
            var limit = notionalLimit(row.getQuota().getMaxOrderNotional(), quoteAsset(order));
            if (limit != null && added > 0 && notional(order) > limit) {
                return beyondQuota(ReasonCode.EXCEEDS_ORDER_NOTIONAL, row.getStrategy(), limit, notional(order));
            }
        }
        return null;
    }

    private static Rejection checkOpenOrders(AccountState account, List<StrategyQuota> quotas, int mostOpenOrders) {
        if (account.getOpenOrders() >= mostOpenOrders) {
            return beyond(ReasonCode.EXCEEDS_OPEN_ORDERS, mostOpenOrders, account.getOpenOrders() + 1L);
        }
        for (var row : quotas) {
            var limit = row.getQuota().getMaxOpenOrders();
            if (limit != null && row.getOpenOrders() >= limit) {
                return beyondQuota(ReasonCode.EXCEEDS_OPEN_ORDERS, row.getStrategy(), limit, row.getOpenOrders() + 1L);
            }
        }
        return null;
    }

    private static Rejection checkOrdersOfDay(List<StrategyQuota> quotas, Instant now) {
        for (var row : quotas) {
            var limit = row.getQuota().getMaxOrdersPerDay();
            long orders = isOfDay(row, now) ? row.getOrdersOfDay() : 0;
            if (limit != null && orders >= limit) {
                return beyondQuota(ReasonCode.EXCEEDS_ORDERS_PER_DAY, row.getStrategy(), limit, orders + 1);
            }
        }
        return null;
    }

    private static Rejection checkNotionalOfDay(List<StrategyQuota> quotas, Order order, long added, Instant now) {
        for (var row : quotas) {
            var limit = notionalLimit(row.getQuota().getMaxNotionalPerDay(), quoteAsset(order));
            var ofDay = isOfDay(row, now) ? notionalLimit(row.getNotionalOfDay(), quoteAsset(order)) : null;
            long sum = Arithmetic.saturatedSum(ofDay == null ? 0 : ofDay, added);
            if (limit != null && added > 0 && sum > limit) {
                return beyondQuota(ReasonCode.EXCEEDS_NOTIONAL_PER_DAY, row.getStrategy(), limit, sum);
            }
        }
        return null;
    }

    private static Rejection checkPosition(
            AccountState account, List<StrategyQuota> quotas, Order order, Order before) {
        long added = buyable(order) - buyable(before);
        if (added <= 0) {
            return null;
        }
        for (var row : quotas) {
            var limit = positionLimit(row.getQuota().getMaxPosition(), order.getInstrument());
            if (limit != null) {
                var buying = positionLimit(row.getBuying(), order.getInstrument());
                long sum = Arithmetic.saturatedSum(
                        position(account, row.getStrategy(), order.getInstrument()), buying == null ? 0 : buying);
                sum = Arithmetic.saturatedSum(sum, added);
                if (sum > limit) {
                    return beyondQuota(ReasonCode.EXCEEDS_POSITION_LIMIT, row.getStrategy(), limit, sum);
                }
            }
        }
        return null;
    }

    /** What the strategy holds of an instrument, or all strategies together. */
    private static long position(AccountState account, String strategy, String instrument) {
        if (!strategy.equals(WHOLE_ACCOUNT)) {
            var position = Accounts.position(account, strategy, instrument);
            return position == null ? 0 : position.getQuantity();
        }
        long sum = 0;
        for (var position : account.getPositions()) {
            if (position.getInstrument().equals(instrument)) {
                sum = Arithmetic.saturatedSum(sum, position.getQuantity());
            }
        }
        return sum;
    }

    /**
     * Counts what an entry adds to the quotas of its account.
     *
     * @param accountTime after the entry
     * @return the change in the number of quotas that bound anything
     */
    static int apply(JournalEntry entry, Instant accountTime, AccountRows before, RowSink after) {
        if (entry.getBody() instanceof QuotaSet body) {
            return replace(body.getSet().getStrategy(), body.getSet().getQuota(), before, after);
        }
        if (entry.getBody() instanceof LimitsSet body) {
            return replace(WHOLE_ACCOUNT, body.getSet().getLimits(), before, after);
        }
        var order = entry.getOrder();
        // An order without terms was rejected, and counts for nothing.
        if (order != null && order.getTerms() != null && before.account().getQuotas() > 0) {
            var orderBefore = before.order(order.getOrderId());
            for (var row : of(before, order.getStrategy())) {
                var changed = counted(row, entry, orderBefore, dayOf(accountTime));
                if (!changed.equals(row)) {
                    after.put(changed);
                }
            }
        }
        return 0;
    }

    private static int replace(String strategy, Quota quota, AccountRows before, RowSink after) {
        var old = before.quota(strategy);
        boolean wasUnlimited = old == null || old.getQuota().equals(UNLIMITED);
        boolean isUnlimited = quota.equals(UNLIMITED);
        after.put(
                isUnlimited
                        ? new StrategyQuota(strategy, quota, 0, 0L, 0, List.of(), List.of())
                        : counting(strategy, quota, wasUnlimited ? null : old, before));
        return (wasUnlimited ? 0 : -1) + (isUnlimited ? 0 : 1);
    }

    /**
     * What is open is counted now; what was counted of this day still counts.
     *
     * @throws ArithmeticException when open BUYs can buy more than fits in a {@code long}
     */
    private static StrategyQuota counting(String strategy, Quota quota, StrategyQuota old, AccountRows before) {
        int openOrders = 0;
        var buying = new ArrayList<PositionLimit>(quota.getMaxPosition().size());
        quota.getMaxPosition().forEach(limit -> buying.add(new PositionLimit(limit.getInstrument(), 0L)));
        for (var order : before.overdueOrders(Orders.AFTER_ALL_DEADLINES, Integer.MAX_VALUE)) {
            if (strategy.equals(WHOLE_ACCOUNT) || strategy.equals(order.getStrategy())) {
                openOrders++;
                buying.replaceAll(sum -> sum.getInstrument().equals(order.getInstrument())
                        ? new PositionLimit(sum.getInstrument(), Math.addExact(sum.getQuantity(), buyable(order)))
                        : sum);
            }
        }
        var notionalOfDay =
                new ArrayList<NotionalLimit>(quota.getMaxNotionalPerDay().size());
        for (var limit : quota.getMaxNotionalPerDay()) {
            var counted = old == null ? null : notionalLimit(old.getNotionalOfDay(), limit.getAsset());
            notionalOfDay.add(new NotionalLimit(limit.getAsset(), counted == null ? 0 : counted));
        }
        return new StrategyQuota(
                strategy,
                quota,
                openOrders,
                old == null ? 0 : old.getDay(),
                old == null ? 0 : old.getOrdersOfDay(),
                notionalOfDay,
                buying);
    }

    private static StrategyQuota counted(StrategyQuota row, JournalEntry entry, Order before, long day) {
        var order = entry.getOrder();
        boolean isPlaced = entry.getBody() instanceof OrderAccepted;
        long notional = addedNotional(entry, before);
        var buying = row.getBuying();
        long bought = buyable(order) - buyable(before);
        if (bought != 0 && positionLimit(buying, order.getInstrument()) != null) {
            buying = new ArrayList<>(buying);
            add(buying, order.getInstrument(), bought);
        }
        boolean isSameDay = row.getDay() == day;
        int ordersOfDay = isSameDay ? row.getOrdersOfDay() : 0;
        var notionalOfDay = isSameDay ? row.getNotionalOfDay() : zeros(row.getNotionalOfDay());
        if (notional > 0 && notionalLimit(notionalOfDay, quoteAsset(order)) != null) {
            notionalOfDay = new ArrayList<>(notionalOfDay);
            addNotional(notionalOfDay, quoteAsset(order), notional);
        }
        return new StrategyQuota(
                row.getStrategy(),
                row.getQuota(),
                row.getOpenOrders() + countOpen(order) - countOpen(before),
                day,
                isPlaced ? ordersOfDay + 1 : ordersOfDay,
                notionalOfDay,
                buying);
    }

    /** What an entry adds to the notional of its day. Only a MARKET SELL counts with its fills: before, nobody knows. */
    private static long addedNotional(JournalEntry entry, Order before) {
        var order = entry.getOrder();
        return switch (entry.getBody()) {
            case OrderAccepted accepted -> notional(order);
            case OrderAmended amended -> notional(order) - notional(before);
            case FillSettled settled
            when order.getSide() == Side.SELL
                    && order.getType() == OrderType.MARKET
                    && settled.getFill().getKind() == FillKind.NEW -> settled.getNotional();
            default -> 0;
        };
    }

    /** The quotas that bound orders of a strategy: its own, then those of the whole account. */
    private static List<StrategyQuota> of(AccountRows rows, String strategy) {
        if (rows.account().getQuotas() == 0) {
            return List.of();
        }
        var found = new ArrayList<StrategyQuota>(2);
        if (!strategy.equals(WHOLE_ACCOUNT)) {
            addUnlessUnlimited(rows.quota(strategy), found);
        }
        addUnlessUnlimited(rows.quota(WHOLE_ACCOUNT), found);
        return found;
    }

    private static void addUnlessUnlimited(StrategyQuota row, List<StrategyQuota> found) {
        if (row != null && !row.getQuota().equals(UNLIMITED)) {
            found.add(row);
        }
    }

    /** What an order counts for in quote units, before fees; nothing for a MARKET SELL, whose price nobody knows. */
    private static long notional(Order order) {
        if (order.getNotional() != null) {
            return order.getNotional();
        }
        if (order.getLimitPrice() == null) {
            return 0;
        }
        var terms = order.getTerms();
        try {
            return Arithmetic.reservedNotional(
                    order.getQuantity(),
                    order.getLimitPrice(),
                    terms.getBaseScale(),
                    terms.getPriceScale(),
                    terms.getQuoteScale());
        } catch (ArithmeticException moreThanAnyAmount) {
            return Long.MAX_VALUE;
        }
    }

    /** What an order can still add to the position, in base units; an order without a cap counts once it is filled. */
    private static long buyable(Order order) {
        if (order == null || order.getSide() == Side.SELL || order.getQuantity() == null || !Orders.isOpen(order)) {
            return 0;
        }
        return Math.max(0, order.getQuantity() - order.getFilledQuantity());
    }

    private static int countOpen(Order order) {
        return order != null && Orders.isOpen(order) ? 1 : 0;
    }

    private static String quoteAsset(Order order) {
        return order.getTerms().getQuoteAsset();
    }

    private static boolean isOfDay(StrategyQuota row, Instant now) {
        return row.getDay() == dayOf(now);
    }

    /** A UTC day, in days since 1970. */
    private static long dayOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS_OF_DAY);
    }

    private static Long notionalLimit(List<NotionalLimit> limits, String asset) {
        for (var limit : limits) {
            if (limit.getAsset().equals(asset)) {
                return limit.getAmount();
            }
        }
        return null;
    }

    private static Long positionLimit(List<PositionLimit> limits, String instrument) {
        for (var limit : limits) {
            if (limit.getInstrument().equals(instrument)) {
                return limit.getQuantity();
            }
        }
        return null;
    }

    private static void addNotional(List<NotionalLimit> sums, String asset, long amount) {
        sums.replaceAll(sum -> sum.getAsset().equals(asset)
                ? new NotionalLimit(asset, Arithmetic.saturatedSum(sum.getAmount(), amount))
                : sum);
    }

    private static void add(List<PositionLimit> sums, String instrument, long quantity) {
        sums.replaceAll(sum -> sum.getInstrument().equals(instrument)
                ? new PositionLimit(instrument, Arithmetic.saturatedSum(sum.getQuantity(), quantity))
                : sum);
    }

    private static List<NotionalLimit> zeros(List<NotionalLimit> sums) {
        return sums.stream().map(sum -> new NotionalLimit(sum.getAsset(), 0L)).toList();
    }
}
