package io.bursar.ledger;

import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One account in the course of one decision: the stored rows, under the changes of the entries so far. What is past its
 * window is absent here, deleted from the stores already or not.
 */
final class WorkingAccount implements AccountRows, RowSink {
    private final AccountRows stored;
    private final LedgerRules rules;
    private final List<JournalEntry> entries = new ArrayList<>(2);
    private AccountState account;

    // Most decisions change one row of one or two kinds: see with() and without().
    private Map<String, Order> orders = Map.of();
    private Map<ExecutionKey, Execution> executions = Map.of();
    private Map<String, CommandRecord> commands = Map.of();
    private Map<Long, SuspendedFill> suspended = Map.of();
    private Map<Long, SuspendedFill> resolved = Map.of();
    private Map<String, StrategyQuota> quotas = Map.of();
    private Map<LotKey, Lot> lots = Map.of();
    private Map<String, TransferOnItsWay> sent = Map.of();
    private Map<String, TransferOnItsWay> concluded = Map.of();

    private record ExecutionKey(String orderId, String executionId) {}

    WorkingAccount(AccountRows stored, LedgerRules rules) {
        this.stored = stored;
        this.rules = rules;
        this.account = stored.account();
    }

    List<JournalEntry> entries() {
        return entries;
    }

    /** The next entry of this account; from here on it is part of what the account is. */
    void append(JournalEntry entry) {
        JournalFold.apply(entry, this, this);
        entries.add(entry);
    }

    /** The account's time after something that happened at {@code occurredAt} is accepted. */
    Instant timeAt(Instant occurredAt) {
        return occurredAt.isAfter(account.getAccountTime()) ? occurredAt : account.getAccountTime();
    }

    void writeRows(RowSink sink) {
        orders.values().forEach(sink::put);
        executions.values().forEach(sink::put);
        commands.values().forEach(sink::put);
        suspended.values().forEach(sink::put);
        resolved.values().forEach(sink::remove);
        quotas.values().forEach(sink::put);
        lots.values().forEach(sink::put);
        sent.values().forEach(sink::put);
        concluded.values().forEach(sink::remove);
    }

    @Override
    public AccountState account() {
        return account;
    }

    @Override
    public Order order(String orderId) {
        var changed = orders.get(orderId);
        var order = changed != null ? changed : stored.order(orderId);
        return order == null || isForgotten(order) ? null : order;
    }

    @Override
    public Execution execution(String orderId, String executionId) {
        var changed = executions.get(new ExecutionKey(orderId, executionId));
        if (changed != null) {
            return changed;
        }
        var execution = stored.execution(orderId, executionId);
        if (execution == null || !isPast(execution.getSeenAt(), rules.commandMemory())) {
            return execution;
        }
        return isKeptByOrder(execution) || isSuspended(execution) ? execution : null;
    }

    @Override
    public CommandRecord command(String commandId) {
        var changed = commands.get(commandId);
        if (changed != null) {
            return changed;
        }
        var command = stored.command(commandId);
        return command == null || isPast(command.getDecidedAt(), rules.commandMemory()) ? null : command;
    }

    @Override
    public SuspendedFill suspendedFill(long sequence) {
        if (resolved.containsKey(sequence)) {
            return null;
        }
        var changed = suspended.get(sequence);
        return changed != null ? changed : stored.suspendedFill(sequence);
    }

    @Override
    public List<SuspendedFill> suspendedFillsOf(String orderId) {
        if (account.getSuspendedFills() == 0) {
            return List.of();
        }
        var fills = new ArrayList<>(stored.suspendedFillsOf(orderId));
        fills.removeIf(fill -> resolved.containsKey(fill.getSequence()));
        for (var fill : suspended.values()) {
            if (fill.getFill().getOrderId().equals(orderId)) {
                fills.add(fill);
            }
        }
        fills.sort(Comparator.comparingLong(SuspendedFill::getSequence));
        return fills;
    }

    @Override
    public StrategyQuota quota(String strategy) {
        var changed = quotas.get(strategy);
        return changed != null ? changed : stored.quota(strategy);
    }

    @Override
    public Lot lot(String strategy, String instrument, long number) {
        var changed = lots.get(new LotKey(strategy, instrument, number));
        if (changed == null) {
            return stored.lot(strategy, instrument, number);
        }
        return changed.getQuantity() == 0 ? null : changed;
    }

    @Override
    public TransferOnItsWay transfer(String transferId) {
        if (concluded.containsKey(transferId)) {
            return null;
        }
        var changed = sent.get(transferId);
        return changed != null ? changed : stored.transfer(transferId);
    }

    @Override
    public List<Order> overdueOrders(Instant time, int atMost) {
        if (account.getOpenOrders() == 0) {
            return List.of();
        }
        var overdue = stored.overdueOrders(time, atMost);
        return orders.isEmpty() ? overdue : withChanges(overdue, time, atMost);
    }

    @Override
    public void put(AccountState changed) {
        account = changed;
    }

    @Override
    public void put(Order order) {
        orders = with(orders, order.getOrderId(), order);
    }

    @Override
    public void put(Execution execution) {
        executions = with(executions, new ExecutionKey(execution.getOrderId(), execution.getExecutionId()), execution);
    }

    @Override
    public void put(CommandRecord command) {
        commands = with(commands, command.getCommandId(), command);
    }

    @Override
    public void put(SuspendedFill fill) {
        suspended = with(suspended, fill.getSequence(), fill);
    }

    @Override
    public void remove(SuspendedFill fill) {
        suspended = without(suspended, fill.getSequence());
        resolved = with(resolved, fill.getSequence(), fill);
    }

    @Override
    public void put(StrategyQuota quota) {
        quotas = with(quotas, quota.getStrategy(), quota);
    }

    @Override
    public void put(Lot lot) {
        lots = with(lots, LotKey.of(lot), lot);
    }

    @Override
    public void put(TransferOnItsWay transfer) {
        sent = with(sent, transfer.getTransferId(), transfer);
    }

    @Override
    public void remove(TransferOnItsWay transfer) {
        sent = without(sent, transfer.getTransferId());
        concluded = with(concluded, transfer.getTransferId(), transfer);
    }

    /** A single row needs no table of its own; more of them keep the order in which they came. */
    private static <K, V> Map<K, V> with(Map<K, V> rows, K key, V row) {
        if (rows.isEmpty()) {
            return Map.of(key, row);
        }
        var changed = rows instanceof LinkedHashMap ? rows : new LinkedHashMap<>(rows);
        changed.put(key, row);
        return changed;
    }

    private static <K, V> Map<K, V> without(Map<K, V> rows, K key) {
        if (!rows.containsKey(key)) {
            return rows;
        }
        if (rows.size() == 1) {
            return Map.of();
        }
        rows.remove(key);
        return rows;
    }

    private List<Order> withChanges(List<Order> overdue, Instant time, int atMost) {
        return Stream.concat(
                        overdue.stream().filter(order -> !orders.containsKey(order.getOrderId())),
                        orders.values().stream().filter(order -> Orders.isOverdue(order, time)))
                .sorted(Orders.BY_DEADLINE)
                .limit(atMost)
                .toList();
    }

    private boolean isForgotten(Order order) {
        return Retention.isForgotten(order, account.getAccountTime(), rules);
    }

    /** An order keeps its executions, but does not bring back one that was forgotten when it was placed. */
    private boolean isKeptByOrder(Execution execution) {
        var order = order(execution.getOrderId());
        return order != null && !Retention.isPast(execution.getSeenAt(), rules.commandMemory(), order.getPlacedAt());
    }

    /** While the fill waits, what is sent again must not wait beside it. */
    private boolean isSuspended(Execution execution) {
        return suspendedFillsOf(execution.getOrderId()).stream()
                .anyMatch(fill -> JournalFold.executionId(fill.getFill()).equals(execution.getExecutionId()));
    }

    private boolean isPast(Instant since, Duration memory) {
        return Retention.isPast(since, memory, account.getAccountTime());
    }
}
