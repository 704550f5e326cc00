package io.bursar.service.view;

import io.bursar.desk.Operation;
import io.bursar.desk.Router;
import io.bursar.desk.Usage;
import io.bursar.schemas.BrokerAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How all broker accounts share the work. */
public record RoutingView(List<Account> accounts) {
    private static final double DECIMALS = 10_000;

    /** An account in short; the fields are those of {@link UsageView}. */
    public record Account(
            String accountId,
            String status,
            Map<String, UsageView.Availability> availability,
            int errorsInRow,
            long callsOfDay,
            List<Share> operations) {}

    /** @param share of what all these accounts were given for the operation, from 0 to 1 with four decimals */
    public record Share(String operation, long routed, double share) {}

    /** @param router whose counts are newer than what is published of them */
    public static RoutingView of(Collection<BrokerAccount> accounts, Router router, Instant now) {
        Map<Operation, Long> totals = new EnumMap<>(Operation.class);
        for (var account : accounts) {
            for (var operation : Operation.values()) {
                totals.merge(operation, router.given(account, operation), Long::sum);
            }
        }
        return new RoutingView(accounts.stream()
                .map(account -> new Account(
                        account.getId(),
                        account.getStatus().name(),
                        UsageView.availability(account, now),
                        account.getUsage().getErrorsInRow(),
                        Usage.callsOfDay(account.getUsage(), now),
                        shares(account, router, totals)))
                .toList());
    }

    private static List<Share> shares(BrokerAccount account, Router router, Map<Operation, Long> totals) {
        List<Share> shares = new ArrayList<>();
        totals.forEach((operation, total) -> {
            long routed = router.given(account, operation);
            if (routed > 0) {
                // Requests go on meanwhile: a share is never more than the whole.
                double share = Math.min(1, (double) routed / total);
                shares.add(new Share(operation.name(), routed, Math.round(share * DECIMALS) / DECIMALS));
            }
        });
        return shares;
    }
}
