package io.bursar.ledger;

import io.bursar.schemas.JournalEntry;
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

/**
 * An account in memory, as its journal tells it: what the stores must equal. It forgets nothing. Not safe for use by
 * several threads.
 */
public final class FoldedAccount implements AccountRows, RowSink {
    private AccountState account;
    private final NavigableMap<String, Order> orders = new TreeMap<>();
    private final Map<List<String>, Execution> executions = new HashMap<>();
    private final Map<String, CommandRecord> commands = new HashMap<>();
    private final NavigableMap<Long, SuspendedFill> suspended = new TreeMap<>();

    /** An account of which no entry was seen yet. */
    public FoldedAccount(String accountId) {
        account = Accounts.unopened(accountId);
    }

    /**
     * Applies the account's next entry.
     *
     * @throws IllegalStateException when another entry comes next
     */
    public void apply(JournalEntry entry) {
        JournalFold.apply(entry, this, this);
    }

    /** Every order of the journal, by id. */
    public Collection<Order> orders() {
        return orders.values();
    }

    /** The fills that are suspended, by sequence. */
    public Collection<SuspendedFill> suspendedFills() {
        return suspended.values();
    }

    /** Every execution of the journal, in no order. */
    public Collection<Execution> executions() {
        return executions.values();
    }

    /** Every command of the journal that spent its id, in no order. */
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
