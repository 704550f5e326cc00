package io.bursar.processors;

import io.bursar.ledger.Orders;
import io.bursar.processors.store.DueIndex;
import io.bursar.processors.store.DueTime;
import io.bursar.schemas.Micros;
import io.bursar.schemas.Order;
import org.apache.kafka.common.utils.Bytes;

/**
 * Alarms lead to accounts in the order of time over all accounts; within an account, deadlines lead to its open orders.
 */
final class RowIndex implements DueIndex {
    @Override
    public boolean isIndexed(Bytes key) {
        if (RowKeys.isAlarm(key)) {
            return false;
        }
        byte kind = RowKeys.kind(key);
        return kind == RowKeys.ACCOUNT || kind == RowKeys.ORDER;
    }

    @Override
    public Bytes keyOf(Bytes key, long dueMicros) {
        var accountId = RowKeys.accountId(key);
        return RowKeys.kind(key) == RowKeys.ACCOUNT
                ? RowKeys.alarm(dueMicros, accountId)
                : RowKeys.deadline(accountId, dueMicros, RowKeys.orderId(key));
    }

    /** When something is to be done about an order, which may be null. */
    static long deadlineMicros(Order order) {
        return order != null && Orders.isOpen(order) ? Micros.of(order.getExpiresAt()) : DueTime.NEVER;
    }
}
