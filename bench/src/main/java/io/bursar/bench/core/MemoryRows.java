package io.bursar.bench.core;

import io.bursar.ledger.AccountRows;
import io.bursar.ledger.Accounts;
import io.bursar.ledger.Decision;
import io.bursar.ledger.RowSink;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.SuspendedFill;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of one account in hash maps. It has no suspended fills, and no order of it is ever overdue. */
final class MemoryRows implements AccountRows, RowSink {
    private final Map<String, Order> orders = new HashMap<>();
    private final Map<List<String>, Execution> executions = new HashMap<>();
    private final Map<String, CommandRecord> commands = new HashMap<>();
    private AccountState account;

    MemoryRows(String accountId) {
        account = Accounts.unopened(accountId);
    }

    void write(Decision decision) {
        decision.writeRows(this);
        put(decision.account());
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
        return null;
    }

    @Override
    public List<SuspendedFill> suspendedFillsOf(String orderId) {
        return List.of();
    }

    @Override
    public List<Order> overdueOrders(Instant time, int atMost) {
        return List.of();
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
        throw new IllegalStateException("nothing here is suspended, but " + fill);
    }

    @Override
    public void remove(SuspendedFill fill) {
        throw new IllegalStateException("nothing here is suspended, but " + fill);
    }
}
