package io.bursar.processors;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.Decision;
import io.bursar.ledger.JournalFold;
import io.bursar.ledger.RowSink;
import io.bursar.processors.store.DueTime;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Micros;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.OrderRow;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of one account in the course of one command: read for the decision, then written with its outcome. */
final class StoredAccount extends ReadAccount {
    private static final byte[] EMPTY = {};

    private final LedgerStore store;

    // As read, so that writing an order knows which deadline to remove without reading again.
    private final Map<String, OrderRow> orderRowsBefore = new HashMap<>(4);

    StoredAccount(LedgerStore store, String accountId) {
        super(store.reader(), accountId, store.accountRow(accountId));
        this.store = store;
    }

    /** Writes all rows of a decision whose last journal entry has this hash. */
    void write(Decision decision, Hash lastHash) {
        var writer = new Writer();
        decision.writeRows(writer);
        writer.writeOrderRows();
        var account = Accounts.withLastHash(decision.account(), lastHash);
        store.putAccount(account, writer.alarmMicros(account), row.alarmMicros());
    }

    /**
     * Writes all rows that an entry of the journal changes, as when it was decided.
     *
     * @throws IllegalStateException when another entry comes next
     */
    void replay(JournalEntry entry) {
        var writer = new Writer();
        JournalFold.apply(entry, this, writer);
        writer.writeOrderRows();
        store.putAccount(writer.account, writer.alarmMicros(writer.account), row.alarmMicros());
    }

    /** When to look for overdue orders, in microseconds since 1970. */
    long alarmMicros() {
        return row.alarmMicros();
    }

    /** The alarm went off and there was nothing to expire: sets the next one. */
    void resetAlarm() {
        var earliest = reader.earliestDeadlineMicros(accountId, row.alarmMicros());
        store.putAccount(row.account(), earliest, row.alarmMicros());
    }

    @Override
    public Order order(String orderId) {
        return OrderRows.order(orderRow(orderId));
    }

    @Override
    public Execution execution(String orderId, String executionId) {
        return reader.execution(orderRow(orderId), accountId, orderId, executionId);
    }

    @Override
    public List<Order> overdueOrders(Instant time, int atMost) {
        if (Micros.of(time) <= row.alarmMicros()) {
            return List.of();
        }
        var overdue = reader.overdueOrderRows(accountId, row.alarmMicros(), time, atMost);
        overdue.forEach(orderRow -> orderRowsBefore.put(orderRow.getOrder().getOrderId(), orderRow));
        return overdue.stream().map(OrderRow::getOrder).toList();
    }

    /** As it was before the decision, or null. */
    private OrderRow orderRow(String orderId) {
        if (!orderRowsBefore.containsKey(orderId)) {
            orderRowsBefore.put(orderId, store.orderRow(accountId, orderId));
        }
        return orderRowsBefore.get(orderId);
    }

    private final class Writer implements RowSink {
        private final Map<String, OrderRow> orderRows = new LinkedHashMap<>(4);
        private long earliestNewDeadline = DueTime.NEVER;

        // Written last: a decision gives it with its hash only, an entry of the journal has it.
        private AccountState account;

        /** Never after the earliest deadline; found again in the store once account time has passed it. */
        long alarmMicros(AccountState after) {
            long earliestOther = row.alarmMicros() < Micros.of(after.getAccountTime())
                    ? reader.earliestDeadlineMicros(accountId, row.alarmMicros())
                    : row.alarmMicros();
            return Math.min(earliestOther, earliestNewDeadline);
        }

        /** Each once, with all that the decision has changed in it. */
        void writeOrderRows() {
            orderRows.forEach((orderId, changed) -> store.putOrderRow(accountId, orderId, changed, orderRow(orderId)));
        }

        private OrderRow changed(String orderId) {
            var changed = orderRows.get(orderId);
            return changed != null ? changed : OrderRows.orEmpty(orderRow(orderId));
        }

        @Override
        public void put(AccountState changed) {
            account = changed;
        }

        @Override
        public void put(Order order) {
            orderRows.put(order.getOrderId(), OrderRows.with(changed(order.getOrderId()), order));
            earliestNewDeadline = Math.min(earliestNewDeadline, RowIndex.deadlineMicros(order));
        }

        @Override
        public void put(Execution execution) {
            var orderId = execution.getOrderId();
            var changed = changed(orderId);
            if (OrderRows.takes(changed, execution.getExecutionId())) {
                orderRows.put(orderId, OrderRows.with(changed, execution));
                return;
            }
            store.rows()
                    .put(
                            RowKeys.execution(accountId, orderId, execution.getExecutionId()),
                            store.codecs().executions.encode(execution));
            if (!changed.getExecutionsElsewhere()) {
                orderRows.put(orderId, OrderRows.withExecutionsElsewhere(changed));
            }
        }

        @Override
        public void put(CommandRecord command) {
            store.rows()
                    .put(
                            RowKeys.command(accountId, command.getCommandId()),
                            store.codecs().commands.encode(command));
        }

        @Override
        public void put(SuspendedFill fill) {
            store.rows()
                    .put(
                            RowKeys.suspendedFill(accountId, fill.getSequence()),
                            store.codecs().suspendedFills.encode(fill));
            store.rows().put(RowKeys.waitingFill(accountId, fill.getFill().getOrderId(), fill.getSequence()), EMPTY);
        }

        @Override
        public void remove(SuspendedFill fill) {
            store.rows().put(RowKeys.suspendedFill(accountId, fill.getSequence()), null);
            store.rows().put(RowKeys.waitingFill(accountId, fill.getFill().getOrderId(), fill.getSequence()), null);
        }

        @Override
        public void put(StrategyQuota quota) {
            store.rows()
                    .put(
                            RowKeys.quota(accountId, quota.getStrategy()),
                            store.codecs().quotas.encode(quota));
        }

        @Override
        public void put(Lot lot) {
            var value = lot.getQuantity() == 0 ? null : store.codecs().lots.encode(lot);
            store.rows().put(RowKeys.lot(accountId, lot.getStrategy(), lot.getInstrument(), lot.getNumber()), value);
        }

        @Override
        public void put(TransferOnItsWay transfer) {
            store.rows()
                    .put(
                            RowKeys.transfer(accountId, transfer.getTransferId()),
                            store.codecs().transfers.encode(transfer));
        }

        @Override
        public void remove(TransferOnItsWay transfer) {
            store.rows().put(RowKeys.transfer(accountId, transfer.getTransferId()), null);
        }
    }
}
