package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a strategy or the whole account may do, and what it has done today since that was set. */
final class ModelQuota {
    private final Quota bounds;
    private LocalDate day = LocalDate.EPOCH;
    private int ordersOfDay;
    private final Map<String, BigInteger> notionalOfDay = new TreeMap<>();

    private ModelQuota(Quota bounds) {
        this.bounds = bounds;
    }

    /** What the one that it replaces, null for none, has counted of the day goes on. */
    ModelQuota(Quota bounds, ModelQuota replaced) {
        this(bounds);
        if (replaced != null) {
            day = replaced.day;
            ordersOfDay = replaced.ordersOfDay;
            notionalOfDay.putAll(replaced.notionalOfDay);
            notionalOfDay.keySet().removeIf(asset -> mostOfDay(asset) == null);
        }
    }

    ModelQuota copy() {
        var copy = new ModelQuota(bounds);
        copy.day = day;
        copy.ordersOfDay = ordersOfDay;
        copy.notionalOfDay.putAll(notionalOfDay);
        return copy;
    }

    boolean isUnlimited() {
        return bounds.getMaxOpenOrders() == null
                && bounds.getMaxOrdersPerDay() == null
                && bounds.getMaxOrderNotional().isEmpty()
                && bounds.getMaxNotionalPerDay().isEmpty()
                && bounds.getMaxPosition().isEmpty();
    }

    Quota bounds() {
        return bounds;
    }

    BigInteger mostOpenOrders() {
        return bounds.getMaxOpenOrders() == null ? null : Amounts.of(bounds.getMaxOpenOrders());
    }

    BigInteger mostOrdersOfDay() {
        return bounds.getMaxOrdersPerDay() == null ? null : Amounts.of(bounds.getMaxOrdersPerDay());
    }

    BigInteger mostOfOrder(String asset) {
        return amount(bounds.getMaxOrderNotional(), asset);
    }

    BigInteger mostOfDay(String asset) {
        return amount(bounds.getMaxNotionalPerDay(), asset);
    }

    BigInteger mostHeld(String instrument) {
        return bounds.getMaxPosition().stream()
                .filter(limit -> limit.getInstrument().equals(instrument))
                .map(PositionLimit::getQuantity)
                .map(Amounts::of)
                .findFirst()
                .orElse(null);
    }

    BigInteger ordersOn(Instant time) {
        return isOn(time) ? Amounts.of(ordersOfDay) : ZERO;
    }

    BigInteger notionalOn(Instant time, String asset) {
        return isOn(time) ? notionalOfDay.getOrDefault(asset, ZERO) : ZERO;
    }

    void countOrder(Instant time) {
        turnTo(time);
        ordersOfDay++;
    }

    void countNotional(Instant time, String asset, BigInteger notional) {
        turnTo(time);
        notionalOfDay.merge(asset, notional, (sum, more) -> Amounts.atMostLargest(sum.add(more)));
    }

    private void turnTo(Instant time) {
        if (!isOn(time)) {
            day = dayOf(time);
            ordersOfDay = 0;
            notionalOfDay.clear();
        }
    }

    private boolean isOn(Instant time) {
        return day.equals(dayOf(time));
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static BigInteger amount(List<NotionalLimit> limits, String asset) {
        return limits.stream()
                .filter(limit -> limit.getAsset().equals(asset))
                .map(NotionalLimit::getAmount)
                .map(Amounts::of)
                .findFirst()
                .orElse(null);
    }
}
