package io.bursar.service.desk;

import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.TokenRefresh;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The refreshes of an account over some days.
 *
 * @param complete false when there may have been more than are remembered: then {@code since} is the first that is
 * @param successRate of those that have succeeded or failed, with four decimals; null when none has
 * @param meanDurationMs of those that have succeeded; null when none has
 * @param byTrigger how many there were for each reason
 */
record RefreshStatistics(
        String accountId,
        int days,
        String since,
        boolean complete,
        int total,
        int successful,
        int failed,
        int cancelled,
        int pending,
        String successRate,
        Long meanDurationMs,
        Map<String, Integer> byTrigger) {

    /** @param remembered the newest first */
    static RefreshStatistics of(String accountId, int days, Instant since, List<TokenRefresh> remembered) {
        var counted = remembered.stream()
                .filter(refresh -> !refresh.getRequestedAt().isBefore(since))
                .toList();
        boolean complete = remembered.isEmpty()
                || remembered.getLast().getNumber() == 1
                || remembered.getLast().getRequestedAt().isBefore(since);
        int successful = count(counted, RefreshOutcome.SUCCEEDED);
        int failed = count(counted, RefreshOutcome.FAILED);
        Map<String, Integer> byTrigger = new TreeMap<>();
        counted.forEach(refresh -> byTrigger.merge(refresh.getTrigger().name(), 1, Integer::sum));
        return new RefreshStatistics(
                accountId,
                days,
                (complete ? since : remembered.getLast().getRequestedAt()).toString(),
                complete,
                counted.size(),
                successful,
                failed,
                count(counted, RefreshOutcome.CANCELLED),
                count(counted, RefreshOutcome.PENDING),
                rate(successful, failed),
                meanMs(counted),
                byTrigger);
    }

    private static int count(List<TokenRefresh> refreshes, RefreshOutcome outcome) {
        return (int) refreshes.stream()
                .filter(refresh -> refresh.getOutcome() == outcome)
                .count();
    }

    private static String rate(int successful, int failed) {
        return successful + failed == 0
                ? null
                : BigDecimal.valueOf(successful)
                        .divide(BigDecimal.valueOf(successful + failed), 4, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static Long meanMs(List<TokenRefresh> refreshes) {
        var durations = refreshes.stream()
                .filter(refresh -> refresh.getOutcome() == RefreshOutcome.SUCCEEDED)
                .mapToLong(refresh -> Duration.between(refresh.getRequestedAt(), refresh.getEndedAt())
                        .toMillis())
                .summaryStatistics();
        return durations.getCount() == 0 ? null : durations.getSum() / durations.getCount();
    }
}
