package io.bursar.processors;

import io.bursar.ledger.AccountRows;
import io.bursar.ledger.Accounts;
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
import java.util.List;

/**
 * The rows of one account, to be read for a decision. The account is read once; the other rows are those of the moment in
 * which they are asked for, so while somebody else may write them a decision holds only if the account has no new entry by
 * its end. For one thread only.
 */
public class ReadAccount implements AccountRows {
    final LedgerReader reader;
    final String accountId;
    final AccountRow row;

    /** Reads the account now; one that is not there counts as unopened. */
    public ReadAccount(LedgerReader reader, String accountId) {
        this(reader, accountId, reader.accountRow(accountId));
    }

    /** @param stored the account's row, or null */
    ReadAccount(LedgerReader reader, String accountId, AccountRow stored) {
        this.reader = reader;
        this.accountId = accountId;
        this.row = stored != null ? stored : new AccountRow(Accounts.unopened(accountId), DueTime.NEVER);
    }

    @Override
    public AccountState account() {
        return row.account();
    }

    @Override
    public Order order(String orderId) {
        return reader.order(accountId, orderId);
    }

    @Override
    public Execution execution(String orderId, String executionId) {
        return reader.execution(accountId, orderId, executionId);
    }

    @Override
    public CommandRecord command(String commandId) {
        return reader.command(accountId, commandId);
    }

    @Override
    public SuspendedFill suspendedFill(long sequence) {
        return reader.suspendedFill(accountId, sequence);
    }

    @Override
    public List<SuspendedFill> suspendedFillsOf(String orderId) {
        return reader.suspendedFillsOf(accountId, orderId);
    }

    @Override
    public StrategyQuota quota(String strategy) {
        return reader.quota(accountId, strategy);
    }

    @Override
    public Lot lot(String strategy, String instrument, long number) {
        return reader.lot(accountId, strategy, instrument, number);
    }

    @Override
    public TransferOnItsWay transfer(String transferId) {
        return reader.transfer(accountId, transferId);
    }

    @Override
    public List<Order> overdueOrders(Instant time, int atMost) {
        return Micros.of(time) <= row.alarmMicros()
                ? List.of()
                : reader.overdueOrderRows(accountId, row.alarmMicros(), time, atMost).stream()
                        .map(OrderRow::getOrder)
                        .toList();
    }
}
