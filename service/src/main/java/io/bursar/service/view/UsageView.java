package io.bursar.service.view;

import io.bursar.desk.Operation;
import io.bursar.desk.RouteRefusal;
import io.bursar.desk.RouteRules;
import io.bursar.desk.Router;
import io.bursar.desk.Usage;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.OperationCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has become of a broker account's use.
 *
 * @param availability by group of operations: trading, data, account
 * @param callsOfDay reports of this UTC day
 * @param meanDurationMs of the last 100 calls that were reported with a time; null without any
 * @param operations those that were reported or given
 */
public record UsageView(
        String accountId,
        Map<String, Availability> availability,
        int errorsInRow,
        String lastError,
        String lastErrorAt,
        long callsOfDay,
        Double meanDurationMs,
        List<OperationUse> operations) {
    private static final double MICROS_PER_MS = 1_000;

    /** @param reason null when it can be used now */
    public record Availability(boolean available, String reason) {}

    /**
     * @param calls that were reported
     * @param errors those of them that failed
     * @param routed how often the account was given for it
     */
    public record OperationUse(String operation, long calls, long errors, long routed) {}

    /** @param router whose counts are newer than what is published of them */
    public static UsageView of(BrokerAccount account, Router router, Instant now) {
        var usage = account.getUsage();
        var mean = Usage.meanMicros(usage);
        return new UsageView(
                account.getId(),
                availability(account, now),
                usage.getErrorsInRow(),
                usage.getLastError(),
                usage.getLastErrorAt() == null ? null : usage.getLastErrorAt().toString(),
                Usage.callsOfDay(usage, now),
                mean.isEmpty() ? null : mean.getAsLong() / MICROS_PER_MS,
                operations(account, router));
    }

    static Map<String, Availability> availability(BrokerAccount account, Instant now) {
        Map<String, Availability> byGroup = new TreeMap<>();
        for (var group : Operation.Group.values()) {
            var refusal = RouteRules.refusal(account, group, now).map(RouteRefusal::code);
            byGroup.put(
                    group.name().toLowerCase(Locale.ROOT), new Availability(refusal.isEmpty(), refusal.orElse(null)));
        }
        return byGroup;
    }

    private static List<OperationUse> operations(BrokerAccount account, Router router) {
        List<OperationUse> uses = new ArrayList<>();
        for (var operation : Operation.values()) {
            long routed = router.given(account, operation);
            var counts = account.getUsage().getOperations().stream()
                    .filter(known -> known.getOperation().equals(operation.name()))
                    .findAny();
            if (routed > 0 || counts.isPresent()) {
                uses.add(new OperationUse(
                        operation.name(),
                        counts.map(OperationCounts::getCalls).orElse(0L),
                        counts.map(OperationCounts::getErrors).orElse(0L),
                        routed));
            }
        }
        return uses;
    }
}
