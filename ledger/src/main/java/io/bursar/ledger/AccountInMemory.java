package io.bursar.ledger;

import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
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
    private final Map<String, StrategyQuota> quotas = new TreeMap<>();
    private final Map<LotKey, Lot> lots = new HashMap<>();
    private final Map<String, TransferOnItsWay> transfers = new TreeMap<>();
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

    /** Every quota that was ever set, by strategy; the limits of the account first. */
    public Collection<StrategyQuota> quotas() {
        return quotas.values();
    }

    /** Every lot that is not used up, in no order. */
    public Collection<Lot> lots() {
        return lots.values();
    }

    /** The transfers that have left and neither arrived nor come back, by id. */
    public Collection<TransferOnItsWay> transfers() {
        return transfers.values();
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
    public StrategyQuota quota(String strategy) {
        return quotas.get(strategy);
    }

    @Override
    public Lot lot(String strategy, String instrument, long number) {
        return lots.get(new LotKey(strategy, instrument, number));
    }

    @Override
    public TransferOnItsWay transfer(String transferId) {
        return transfers.get(transferId);
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

    @Override
    public void put(StrategyQuota quota) {
        quotas.put(quota.getStrategy(), quota);
    }

    @Override
    public void put(Lot lot) {
        if (lot.getQuantity() == 0) {
            lots.remove(LotKey.of(lot));
        } else {
            lots.put(LotKey.of(lot), lot);
        }
    }

    @Override
    public void put(TransferOnItsWay transfer) {
        transfers.put(transfer.getTransferId(), transfer);
    }

    @Override
    public void remove(TransferOnItsWay transfer) {
        transfers.remove(transfer.getTransferId());
    }
}
