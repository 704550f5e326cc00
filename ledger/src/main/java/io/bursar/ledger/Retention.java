package io.bursar.ledger;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import java.time.Duration;
import java.time.Instant;

/**
 * When a row's time to be forgotten has come. The ledger treats such a row as absent; the shell may delete it at any
 * later moment without changing a decision.
 */
public final class Retention {
    private Retention() {}

    /** Whether the order was closed longer ago than orders are remembered, and no suspended fill needs it. */
    public static boolean isForgotten(Order order, Instant accountTime, LedgerRules rules) {
        return order.getClosedAt() != null
                && order.getSuspendedFills() == 0
                && isPast(order.getClosedAt(), rules.orderMemory(), accountTime);
    }

    /** Whether the command was decided longer ago than commands are remembered. */
    public static boolean isForgotten(CommandRecord command, Instant accountTime, LedgerRules rules) {
        return isPast(command.getDecidedAt(), rules.commandMemory(), accountTime);
    }

    /**
     * Whether the execution is older than executions are remembered, given that its order is forgotten. An order can come
     * as late as orders are remembered and still keep what was known when it was placed; so the row stays as much longer.
     */
    public static boolean isForgotten(Execution execution, Instant accountTime, LedgerRules rules) {
        return isPast(execution.getSeenAt(), rules.commandMemory().plus(rules.orderMemory()), accountTime);
    }

    static boolean isPast(Instant since, Duration memory, Instant accountTime) {
        return since.plus(memory).isBefore(accountTime);
    }
}
