package io.bursar.ledger.model;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;

import io.bursar.schemas.Quota;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The quota of an order's strategy and the limits of the whole account. Each rule is asked of the strategy first and of
 * the account second, before the next rule is asked.
 */
final class ModelLimits {
    private ModelLimits() {}

    /** Whose quota it is; the empty strategy stands for the whole account. */
    private record Bound(String strategy, ModelQuota quota) {}

    /** What is bounded must be listed, and nothing can be less than zero. */
    static void requireKnown(ModelReference reference, Quota bounds) {
        var amounts = new ArrayList<Long>();
        for (var limits : List.of(bounds.getMaxNotionalPerDay(), bounds.getMaxOrderNotional())) {
            for (var limit : limits) {
                reference.requireAsset(limit.getAsset());
                amounts.add(limit.getAmount());
            }
        }
        for (var limit : bounds.getMaxPosition()) {
            reference.requireInstrument(limit.getInstrument());
            amounts.add(limit.getQuantity());
        }
        if (bounds.getMaxOpenOrders() != null) {
            amounts.add((long) bounds.getMaxOpenOrders());
        }
        if (bounds.getMaxOrdersPerDay() != null) {
            amounts.add((long) bounds.getMaxOrdersPerDay());
        }
        amounts.stream().min(Long::compare).filter(least -> least < 0).ifPresent(least -> {
            throw Refusal.bound("limit_must_not_be_negative", ZERO, Amounts.of(least))
                    .thrown();
        });
    }

    /** What open BUYs can still buy is a number like any other. */
    static void requireCountable(ModelAccount account, String strategy, ModelQuota quota) {
        for (var limit : quota.bounds().getMaxPosition()) {
            Amounts.fitting(buying(account, strategy, limit.getInstrument()));
        }
    }

    static BigInteger openOrders(ModelAccount account, String strategy) {
        return Amounts.of(account.openOrders().stream()
                .filter(order -> covers(strategy, order.strategy()))
                .count());
    }

    static BigInteger buying(ModelAccount account, String strategy, String instrument) {
        return account.openOrders().stream()
                .filter(order -> covers(strategy, order.strategy()))
                .filter(order -> order.placed.getInstrument().equals(instrument))
                .map(ModelOrder::buyable)
                .reduce(ZERO, BigInteger::add);
    }

    private static boolean covers(String strategyOfQuota, String strategy) {
        return strategyOfQuota.isEmpty() || strategyOfQuota.equals(strategy);
    }

    /** Whether the order buys no one knows how much of what is bounded. */
    static boolean lacksQuantity(ModelAccount account, ModelOrder order) {
        return order.buys
                && order.quantity == null
                && boundsOf(account, order).stream()
                        .anyMatch(bound -> bound.quota().mostHeld(order.placed.getInstrument()) != null);
    }

    static void requirePlaceable(ModelAccount account, ModelOrder order, int mostOpenOrders, Instant at) {
        var bounds = boundsOf(account, order);
        var day = later(account.time, at);
        requireSize(bounds, order);
        requireWithin(
                "exceeds_open_orders",
                null,
                Amounts.of(mostOpenOrders),
                Amounts.of(account.openOrders().size()).add(ONE));
        for (var bound : bounds) {
            requireWithin(
                    "exceeds_open_orders",
                    bound.strategy(),
                    bound.quota().mostOpenOrders(),
                    openOrders(account, bound.strategy()).add(ONE));
        }
        for (var bound : bounds) {
            requireWithin(
                    "exceeds_orders_per_day",
                    bound.strategy(),
                    bound.quota().mostOrdersOfDay(),
                    bound.quota().ordersOn(day).add(ONE));
        }
        requireNotionalOfDay(bounds, order, ModelOrder::size, day);
        requirePosition(account, bounds, order, false);
    }

    static void countPlaced(ModelAccount account, ModelOrder order) {
        for (var bound : boundsOf(account, order)) {
            bound.quota().countOrder(account.time);
            count(account, bound, order, order::size);
        }
    }

    static void requireAmendable(ModelAccount account, ModelOrder before, ModelOrder order, Instant at) {
        var bounds = boundsOf(account, order);
        if (order.size().compareTo(before.size()) > 0) {
            requireSize(bounds, order);
            requireNotionalOfDay(bounds, order, any -> order.size().subtract(before.size()), later(account.time, at));
        }
        if (order.quantity.compareTo(before.quantity) > 0) {
            requirePosition(account, bounds, order, true);
        }
    }

    static void countAmended(ModelAccount account, ModelOrder before, ModelOrder order) {
        for (var bound : boundsOf(account, order)) {
            count(
                    account,
                    bound,
                    order,
                    () -> order.size().subtract(before.size()).max(ZERO));
        }
    }

    /** What a SELL at market brings counts only now: before, nobody knows it. */
    static void countFilled(ModelAccount account, ModelOrder order, BigInteger notional) {
        if (order.hasNoSize()) {
            for (var bound : boundsOf(account, order)) {
                count(account, bound, order, () -> notional);
            }
        }
    }

    private static void count(ModelAccount account, Bound bound, ModelOrder order, Supplier<BigInteger> notional) {
        var asset = order.terms == null ? null : order.terms.quote();
        if (bound.quota().mostOfDay(asset) != null) {
            var counted = notional.get();
            if (counted != null) {
                bound.quota().countNotional(account.time, asset, counted);
            }
        }
    }

    private static void requireSize(List<Bound> bounds, ModelOrder order) {
        for (var bound : bounds) {
            var most = bound.quota().mostOfOrder(order.terms.quote());
            if (most != null && !order.hasNoSize()) {
                requireWithin("exceeds_order_notional", bound.strategy(), most, order.size());
            }
        }
    }

    private static void requireNotionalOfDay(
            List<Bound> bounds, ModelOrder order, Function<ModelOrder, BigInteger> more, Instant day) {
        var asset = order.terms.quote();
        for (var bound : bounds) {
            var most = bound.quota().mostOfDay(asset);
            if (most != null && !order.hasNoSize()) {
                var value = bound.quota().notionalOn(day, asset).add(more.apply(order));
                requireWithin("exceeds_notional_per_day", bound.strategy(), most, value);
            }
        }
    }

    private static void requirePosition(ModelAccount account, List<Bound> bounds, ModelOrder order, boolean isAmended) {
        if (!order.buys) {
            return;
        }
        for (var bound : bounds) {
            var most = bound.quota().mostHeld(order.placed.getInstrument());
            if (most == null) {
                continue;
            }
            // An order that is amended is among the open ones already.
            var value = buying(account, bound.strategy(), order.placed.getInstrument())
                    .add(isAmended ? ZERO : order.rest());
            for (var entry : account.positions.entrySet()) {
                if (covers(bound.strategy(), entry.getKey().strategy())
                        && entry.getKey().of().equals(order.placed.getInstrument())) {
                    value = value.add(entry.getValue().quantity);
                }
            }
            requireWithin("exceeds_position_limit", bound.strategy(), most, value);
        }
    }

    private static void requireWithin(String reason, String strategy, BigInteger most, BigInteger value) {
        if (most != null && value.compareTo(most) > 0) {
            throw new Refusal(reason, null, strategy, null, null, most, Amounts.atMostLargest(value)).thrown();
        }
    }

    private static List<Bound> boundsOf(ModelAccount account, ModelOrder order) {
        var bounds = new ArrayList<Bound>();
        for (var strategy : order.strategy().isEmpty() ? List.of("") : List.of(order.strategy(), "")) {
            var quota = account.quotas.get(strategy);
            if (quota != null) {
                bounds.add(new Bound(strategy, quota));
            }
        }
        return bounds;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
