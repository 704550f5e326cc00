package io.bursar.ledger;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.SuspendedFill;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The rows of one account in maps. It forgets nothing by itself. Not safe for use by several threads. */
public class AccountInMemory implements AccountRows, RowSink {
    final Map<String, Order> orders = new HashMap<>();
    final Map<List<String>, Execution> executions = new HashMap<>();
    final Map<String, CommandRecord> commands = new HashMap<>();
    private final NavigableMap<Long, SuspendedFill> suspended = new TreeMap<>();
    private AccountState account;

    /** An account about which nothing was decided yet. */
    public AccountInMemory(String accountId) {
        account = Accounts.unopened(accountId);
    }

    /** Writes all rows of a decision; the account's last hash stays {@link Accounts#NO_HASH}. */
    public void write(Decision decision) {
        decision.writeRows(this);
        put(decision.account());
    }

    /** Every order, by id. */
    public Collection<Order> orders() {
        return new TreeMap<>(orders).values();
    }

    /** The fills that are suspended, by sequence. */
    public Collection<SuspendedFill> suspendedFills() {
        return suspended.values();
    }

    /** Every execution, in no order. */
    public Collection<Execution> executions() {
        return executions.values();
    }

    /** Every command that spent its id, in no order. */
    public Collection<CommandRecord> commands() {
        return commands.values();
    }

    @Override
    public AccountState account() {
        return account;
    }

    @Override
    public Order order(String orderId) {
        return orders.get(orderId);
    }

    @Override
    public Execution execution(String orderId, String executionId) {
        return executions.get(List.of(orderId, executionId));
    }

    @Override
    public CommandRecord command(String commandId) {
        return commands.get(commandId);
    }

    @Override
    public SuspendedFill suspendedFill(long sequence) {
        return suspended.get(sequence);
    }

    @Override
    public List<SuspendedFill> suspendedFillsOf(String orderId) {
        var fills = new ArrayList<SuspendedFill>();
        for (var fill : suspended.values()) {
            if (fill.getFill().getOrderId().equals(orderId)) {
                fills.add(fill);
            }
        }
        return fills;
    }

    @Override
    public List<Order> overdueOrders(Instant time, int atMost) {
        return orders.values().stream()
                .filter(order -> Orders.isOverdue(order, time))
                .sorted(Orders.BY_DEADLINE)
                .limit(atMost)
                .toList();
    }

    @Override
    public void put(AccountState changed) {
        account = changed;
    }

    @Override
    public void put(Order order) {
        orders.put(order.getOrderId(), order);
    }

    @Override
    public void put(Execution execution) {
        executions.put(List.of(execution.getOrderId(), execution.getExecutionId()), execution);
    }

    @Override
    public void put(CommandRecord command) {
        commands.put(command.getCommandId(), command);
    }

    @Override
    public void put(SuspendedFill fill) {
        suspended.put(fill.getSequence(), fill);
    }

    @Override
    public void remove(SuspendedFill fill) {
        suspended.remove(fill.getSequence());
    }
}
