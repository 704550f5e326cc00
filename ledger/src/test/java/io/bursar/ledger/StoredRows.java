package io.bursar.ledger;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.SuspendedFill;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An account as a shell stores it: rows are written as decisions say, and deleted when they may be. */
final class StoredRows implements AccountRows, RowSink {
    private AccountState account;
    private final Map<String, Order> orders = new TreeMap<>();
    private final Map<List<String>, Execution> executions =
            new TreeMap<>(Comparator.comparing((List<String> key) -> key.get(0)).thenComparing(key -> key.get(1)));
    private final Map<String, CommandRecord> commands = new TreeMap<>();
    private final Map<Long, SuspendedFill> suspended = new TreeMap<>();

    StoredRows(String accountId) {
        account = Accounts.unopened(accountId);
    }

    void write(Decision decision) {
        decision.writeRows(this);
        put(decision.account());
    }

    /** Deletes what the ledger treats as absent anyhow. */
    void forget(LedgerRules rules) {
        var time = account.getAccountTime();
        orders.values().removeIf(order -> Retention.isForgotten(order, time, rules));
        commands.values().removeIf(command -> Retention.isForgotten(command, time, rules));
        executions
                .values()
                .removeIf(execution -> Retention.isForgotten(execution, time, rules)
                        && !orders.containsKey(execution.getOrderId())
                        && suspendedFillsOf(execution.getOrderId()).isEmpty());
    }

    Collection<Order> orders() {
        return orders.values();
    }

    List<Order> openOrders() {
        return orders.values().stream().filter(Orders::isOpen).toList();
    }

    List<Order> closedOrders() {
        return orders.values().stream().filter(order -> !Orders.isOpen(order)).toList();
    }

    Collection<SuspendedFill> suspendedFills() {
        return suspended.values();
    }

    Collection<Execution> executions() {
        return executions.values();
    }

    Collection<CommandRecord> commands() {
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
        return suspended.values().stream()
                .filter(fill -> fill.getFill().getOrderId().equals(orderId))
                .toList();
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
