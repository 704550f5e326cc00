package io.bursar.ledger;

import io.bursar.schemas.Order;
import java.util.List;

/** An account as a shell stores it: rows are written as decisions say, and deleted when they may be. */
final class StoredRows extends AccountInMemory {
    StoredRows(String accountId) {
        super(accountId);
    }

    /** Deletes what the ledger treats as absent anyhow. */
    void forget(LedgerRules rules) {
        var time = account().getAccountTime();
        orders.values().removeIf(order -> Retention.isForgotten(order, time, rules));
        commands.values().removeIf(command -> Retention.isForgotten(command, time, rules));
        executions
                .values()
                .removeIf(execution -> Retention.isForgotten(execution, time, rules)
                        && !orders.containsKey(execution.getOrderId())
                        && suspendedFillsOf(execution.getOrderId()).isEmpty());
    }

    List<Order> openOrders() {
        return orders().stream().filter(Orders::isOpen).toList();
    }

    List<Order> closedOrders() {
        return orders().stream().filter(order -> !Orders.isOpen(order)).toList();
    }
}
