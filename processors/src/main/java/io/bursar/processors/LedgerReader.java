package io.bursar.processors;

import io.bursar.processors.store.DueTime;
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
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the rows of accounts from the ledger store of a partition; what is not there is null. For one thread only: make
 * one for each query.
 */
public final class LedgerReader {
    /** After all deadlines that can be. */
    private static final long NO_END = Long.MAX_VALUE;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final RowCodecs codecs;

    /** Reads from a store as interactive queries hand it out. */
    public LedgerReader(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this(store, new RowCodecs());
    }

    LedgerReader(ReadOnlyKeyValueStore<Bytes, byte[]> store, RowCodecs codecs) {
        this.store = store;
        this.codecs = codecs;
    }

    /** The account, or null when no command ever came for it. */
    public AccountState account(String accountId) {
        return codecs.accounts.decode(store.get(RowKeys.account(accountId)));
    }

    AccountRow accountRow(String accountId) {
        var value = store.get(RowKeys.account(accountId));
        return value == null ? null : new AccountRow(codecs.accounts.decode(value), DueTime.of(value));
    }

    /** The order, open, closed or rejected, or null; also one that is past its window but not deleted yet. */
    public Order order(String accountId, String orderId) {
        return OrderRows.order(orderRow(accountId, orderId));
    }

    OrderRow orderRow(String accountId, String orderId) {
        return codecs.orders.decode(store.get(RowKeys.order(accountId, orderId)));
    }

    /** What came under an execution id, or null. */
    public Execution execution(String accountId, String orderId, String executionId) {
        return execution(orderRow(accountId, orderId), accountId, orderId, executionId);
    }

    /** @param row of the order, or null */
    Execution execution(OrderRow row, String accountId, String orderId, String executionId) {
        if (row == null) {
            return null;
        }
        var execution = OrderRows.execution(row, executionId);
        return execution != null || !row.getExecutionsElsewhere()
                ? execution
                : codecs.executions.decode(store.get(RowKeys.execution(accountId, orderId, executionId)));
    }

    /** Whether executions of the order have rows of their own. */
    boolean hasExecutionRows(String accountId, String orderId) {
        var prefix = RowKeys.executions(accountId, orderId);
        try (var rows = store.range(prefix, RowKeys.afterAll(prefix))) {
            return rows.hasNext();
        }
    }

    /** The decided command, or null. */
    public CommandRecord command(String accountId, String commandId) {
        return codecs.commands.decode(store.get(RowKeys.command(accountId, commandId)));
    }

    /** The fill that this entry suspended, or null when there is none or it was resolved. */
    public SuspendedFill suspendedFill(String accountId, long sequence) {
        return codecs.suspendedFills.decode(store.get(RowKeys.suspendedFill(accountId, sequence)));
    }

    /**
     * The quota of a strategy with what counts towards it, or null when none was ever set.
     *
     * @param strategy empty for the limits of the whole account
     */
    public StrategyQuota quota(String accountId, String strategy) {
        return codecs.quotas.decode(store.get(RowKeys.quota(accountId, strategy)));
    }

    /** The FIFO lot with this number, or null when it is used up or never was. */
    public Lot lot(String accountId, String strategy, String instrument, long number) {
        return codecs.lots.decode(store.get(RowKeys.lot(accountId, strategy, instrument, number)));
    }

    /** The transfer that left the account under this command id and is on its way, or null. */
    public TransferOnItsWay transfer(String accountId, String transferId) {
        return codecs.transfers.decode(store.get(RowKeys.transfer(accountId, transferId)));
    }

    /** At most {@code atMost} open orders, the earliest deadlines first. */
    public List<Order> openOrders(String accountId, int atMost) {
        var row = accountRow(accountId);
        return row == null
                ? List.of()
                : orderRowsByDeadline(accountId, row.alarmMicros(), NO_END, atMost).stream()
                        .map(OrderRow::getOrder)
                        .toList();
    }

    /**
     * The rows of at most {@code atMost} open orders whose deadline lies before {@code time}, the earliest deadlines first.
     *
     * @param alarmMicros of the account: stepping over what was deleted before it would cost more than the rest
     */
    List<OrderRow> overdueOrderRows(String accountId, long alarmMicros, Instant time, int atMost) {
        return orderRowsByDeadline(accountId, alarmMicros, Micros.of(time), atMost);
    }

    /** At most {@code atMost} suspended fills, by ascending sequence. */
    public List<SuspendedFill> suspendedFills(String accountId, int atMost) {
        var fills = new ArrayList<SuspendedFill>();
        var prefix = RowKeys.prefix(accountId, RowKeys.SUSPENDED_FILL);
        try (var rows = store.range(prefix, RowKeys.afterAll(prefix))) {
            while (rows.hasNext() && fills.size() < atMost) {
                fills.add(codecs.suspendedFills.decode(rows.next().value));
            }
        }
        return fills;
    }

    /** The suspended fills that name an order, by ascending sequence. */
    List<SuspendedFill> suspendedFillsOf(String accountId, String orderId) {
        var fills = new ArrayList<SuspendedFill>();
        var prefix = RowKeys.waitingFills(accountId, orderId);
        try (var rows = store.range(prefix, RowKeys.afterAll(prefix))) {
            while (rows.hasNext()) {
                fills.add(suspendedFill(accountId, RowKeys.sequenceOfWaitingFill(rows.next().key)));
            }
        }
        return fills;
    }

    /**
     * The earliest deadline of an open order in microseconds, or {@link DueTime#NEVER}.
     *
     * @param alarmMicros no deadline of the account lies before it
     */
    long earliestDeadlineMicros(String accountId, long alarmMicros) {
        try (var rows = deadlines(accountId, alarmMicros, NO_END)) {
            while (rows.hasNext()) {
                var deadline = rows.next().key;
                if (isCurrent(accountId, deadline)) {
                    return RowKeys.deadlineMicros(deadline);
                }
            }
            return DueTime.NEVER;
        }
    }

    private List<OrderRow> orderRowsByDeadline(String accountId, long fromMicros, long toMicros, int atMost) {
        var found = new ArrayList<OrderRow>();
        try (var rows = deadlines(accountId, fromMicros, toMicros)) {
            while (rows.hasNext() && found.size() < atMost) {
                var deadline = rows.next().key;
                var row = orderRow(accountId, RowKeys.orderIdOfDeadline(deadline));
                if (RowIndex.deadlineMicros(OrderRows.order(row)) == RowKeys.deadlineMicros(deadline)) {
                    found.add(row);
                }
            }
        }
        return found;
    }

    private boolean isCurrent(String accountId, Bytes deadline) {
        var order = store.get(RowKeys.order(accountId, RowKeys.orderIdOfDeadline(deadline)));
        return order != null && DueTime.of(order) == RowKeys.deadlineMicros(deadline);
    }

    private KeyValueIterator<Bytes, byte[]> deadlines(String accountId, long fromMicros, long toMicros) {
        return store.range(RowKeys.deadlinesFrom(accountId, fromMicros), RowKeys.deadlinesFrom(accountId, toMicros));
    }
}
