package io.bursar.processors;

import io.bursar.schemas.Lot;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.OrderRow;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;

/** One codec for each kind of row. For one thread only. */
final class RowCodecs {
    final RowCodec<AccountState> accounts = RowCodec.withDueTime(AccountState.class);
    final RowCodec<OrderRow> orders = RowCodec.withDueTime(OrderRow.class);
    final RowCodec<CommandRecord> commands = RowCodec.of(CommandRecord.class);
    final RowCodec<Execution> executions = RowCodec.of(Execution.class);
    final RowCodec<SuspendedFill> suspendedFills = RowCodec.of(SuspendedFill.class);
    final RowCodec<StrategyQuota> quotas = RowCodec.of(StrategyQuota.class);
    final RowCodec<Lot> lots = RowCodec.of(Lot.class);
    final RowCodec<TransferOnItsWay> transfers = RowCodec.of(TransferOnItsWay.class);
}
