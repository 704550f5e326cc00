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
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the rows of accounts from the ledger store of a partition; what is not there is null. For one thread only: make
 * one for each query.
 */
public final class LedgerReader {
    /** After all deadlines that can be. */
    private static final long NO_END = Long.MAX_VALUE;

    /** Stepping over so many rows of an account costs about as much as a new range behind them. */
    private static final int ROWS_BEFORE_A_NEW_RANGE = 1_000;

    /** An account remembers executions for longer than orders, and the rows of both lie among each other. */
    private static final int MOST_ORDER_ROWS = 10_000;

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

    /**
     * At most {@code atMost} accounts whose ids come after this one, also those that were never opened, by the bytes of
     * their ids.
     *
     * @param after an account id, or empty to begin with the first account
     */
    public List<AccountState> accounts(String after, int atMost) {
        var accounts = new ArrayList<AccountState>();
        var from = after.isEmpty() ? RowKeys.FIRST_ACCOUNT : RowKeys.afterAccount(after);
        while (from != null && accounts.size() < atMost) {
            from = addAccounts(accounts, from, atMost);
        }
        return accounts;
    }

    /** Says where to go on behind an account of many rows; null when nothing is left to do. */
    private Bytes addAccounts(List<AccountState> accounts, Bytes from, int atMost) {
        int steps = 0;
        try (var rows = store.range(from, RowKeys.AFTER_ALL_ACCOUNTS)) {
            while (rows.hasNext() && accounts.size() < atMost) {
                var row = rows.next();
                if (RowKeys.kind(row.key) == RowKeys.ACCOUNT) {
                    accounts.add(codecs.accounts.decode(row.value));
                    steps = 0;
                } else if (++steps == ROWS_BEFORE_A_NEW_RANGE) {
                    return RowKeys.afterAccount(RowKeys.accountId(row.key));
                }
            }
            return null;
        }
    }

    /**
     * Orders whose ids come after this one, open, closed or rejected, by the bytes of their ids; also some that are past
     * their window but not deleted yet.
     *
     * @param after an order id, or empty to begin with the first order
     * @param atMost so many orders; there can be fewer although more are to come
     */
    public OrderPage orders(String accountId, String after, int atMost) {
        var orders = new ArrayList<Order>();
        var from = RowKeys.justAfter(RowKeys.order(accountId, after));
        try (var rows = store.range(from, RowKeys.afterAll(RowKeys.prefix(accountId, RowKeys.ORDER)))) {
            Bytes last = null;
            for (int seen = 0; rows.hasNext() && orders.size() < atMost && seen < MOST_ORDER_ROWS; seen++) {
                var row = rows.next();
                var order = OrderRows.order(codecs.orders.decode(row.value));
                if (order != null) {
                    orders.add(order);
                }
                last = row.key;
            }
            return new OrderPage(
                    orders, rows.hasNext() ? Optional.ofNullable(last).map(RowKeys::orderId) : Optional.empty());
        }
    }

    /** At most {@code atMost} open orders, the earliest deadlines first. */
    public List<Order> openOrders(String accountId, int atMost) {
        return openOrders(accountId, Instant.EPOCH, "", atMost);
    }

    /**
     * At most {@code atMost} open orders after the one with this deadline and id, the earliest deadlines first, and those
     * of one deadline by the bytes of their ids.
     */
    public List<Order> openOrders(String accountId, Instant deadline, String orderId, int atMost) {
        var row = accountRow(accountId);
        if (row == null) {
            return List.of();
        }
        var after = RowKeys.justAfter(RowKeys.deadline(accountId, Micros.of(deadline), orderId));
        var first = RowKeys.deadlinesFrom(accountId, row.alarmMicros());
        return orderRows(
                        accountId,
                        after.compareTo(first) > 0 ? after : first,
                        RowKeys.deadlinesFrom(accountId, NO_END),
                        atMost)
                .stream()
                .map(OrderRow::getOrder)
                .toList();
    }

    /**
     * The rows of at most {@code atMost} open orders whose deadline lies before {@code time}, the earliest deadlines first.
     *
     * @param alarmMicros of the account: stepping over what was deleted before it would cost more than the rest
     */
    List<OrderRow> overdueOrderRows(String accountId, long alarmMicros, Instant time, int atMost) {
        return orderRows(
                accountId,
                RowKeys.deadlinesFrom(accountId, alarmMicros),
                RowKeys.deadlinesFrom(accountId, Micros.of(time)),
                atMost);
    }

    /** At most {@code atMost} suspended fills, by ascending sequence. */
    public List<SuspendedFill> suspendedFills(String accountId, int atMost) {
        var prefix = RowKeys.prefix(accountId, RowKeys.SUSPENDED_FILL);
        return rows(prefix, RowKeys.afterAll(prefix), codecs.suspendedFills, atMost);
    }

    /**
     * At most {@code atMost} quotas of strategies after this one, by the bytes of their ids.
     *
     * @param after a strategy, or empty to begin with the first
     */
    public List<StrategyQuota> quotas(String accountId, String after, int atMost) {
        return rows(
                RowKeys.justAfter(RowKeys.quota(accountId, after)),
                RowKeys.afterAll(RowKeys.prefix(accountId, RowKeys.QUOTA)),
                codecs.quotas,
                atMost);
    }

    /**
     * At most {@code atMost} FIFO lots of a position, the oldest first.
     *
     * @param from the lowest number
     */
    public List<Lot> lots(String accountId, String strategy, String instrument, long from, int atMost) {
        return rows(
                RowKeys.lot(accountId, strategy, instrument, from),
                RowKeys.justAfter(RowKeys.lot(accountId, strategy, instrument, Long.MAX_VALUE)),
                codecs.lots,
                atMost);
    }

    /**
     * At most {@code atMost} transfers on their way after this one, by the bytes of their ids.
     *
     * @param after the command id of a transfer, or empty to begin with the first
     */
    public List<TransferOnItsWay> transfers(String accountId, String after, int atMost) {
        return rows(
                RowKeys.justAfter(RowKeys.transfer(accountId, after)),
                RowKeys.afterAll(RowKeys.prefix(accountId, RowKeys.TRANSFER)),
                codecs.transfers,
                atMost);
    }

    private <T extends SpecificRecord> List<T> rows(Bytes from, Bytes to, RowCodec<T> codec, int atMost) {
        var found = new ArrayList<T>();
        try (var rows = store.range(from, to)) {
            while (rows.hasNext() && found.size() < atMost) {
                found.add(codec.decode(rows.next().value));
            }
        }
        return found;
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
        var from = RowKeys.deadlinesFrom(accountId, alarmMicros);
        try (var rows = store.range(from, RowKeys.deadlinesFrom(accountId, NO_END))) {
            while (rows.hasNext()) {
                var deadline = rows.next().key;
                if (isCurrent(accountId, deadline)) {
                    return RowKeys.deadlineMicros(deadline);
                }
            }
            return DueTime.NEVER;
        }
    }

    private List<OrderRow> orderRows(String accountId, Bytes fromDeadline, Bytes toDeadline, int atMost) {
        var found = new ArrayList<OrderRow>();
        try (var rows = store.range(fromDeadline, toDeadline)) {
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
}
