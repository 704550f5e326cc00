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
import java.util.List;

/**
 * What is stored of one account, as the ledger reads it while it decides. Rows are returned as stored, also those whose
 * time to be forgotten has come: the ledger knows when that is. Used by one thread at a time.
 */
public interface AccountRows {
    /** Never null: an account that was never seen is {@link Accounts#unopened}. */
    AccountState account();

    /** The order, open, closed or rejected, or null. */
    Order order(String orderId);

    /** What came under this execution id of the order, or null. */
    Execution execution(String orderId, String executionId);

    /** The decided command, or null. */
    CommandRecord command(String commandId);

    /** The fill that the entry with this sequence suspended, or null when there is none or it was resolved. */
    SuspendedFill suspendedFill(long sequence);

    /** The suspended fills that name this order, by ascending sequence. */
    List<SuspendedFill> suspendedFillsOf(String orderId);

    /** The quota of this strategy, {@link Quotas#WHOLE_ACCOUNT} for the limits of the account, or null. */
    StrategyQuota quota(String strategy);

    /** The FIFO lot with this number, or null when it is used up or never was. */
    Lot lot(String strategy, String instrument, long number);

    /** The transfer that left under this command id, or null when it has arrived, has come back, or never left. */
    TransferOnItsWay transfer(String transferId);

    /** At most {@code atMost} open orders whose deadline lies before {@code time}, the earliest deadlines first. */
    List<Order> overdueOrders(Instant time, int atMost);
}
