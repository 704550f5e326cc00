package io.bursar.ledger;

import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;

/** Takes the new values of one account's rows; a row with the same identity is replaced. */
public interface RowSink {
    /** The account itself. */
    void put(AccountState account);

    /** Identified by its order id. */
    void put(Order order);

    /** Identified by its order id and execution id. */
    void put(Execution execution);

    /** Identified by its command id. */
    void put(CommandRecord command);

    /** Identified by its sequence. */
    void put(SuspendedFill fill);

    /** The fill was settled or discarded. */
    void remove(SuspendedFill fill);

    /** Identified by its strategy. */
    void put(StrategyQuota quota);

    /** Identified by strategy, instrument and number; one whose quantity is zero is used up and has no row. */
    void put(Lot lot);

    /** Identified by its transfer id. */
    void put(TransferOnItsWay transfer);

    /** The transfer has arrived or come back. */
    void remove(TransferOnItsWay transfer);
}
