package io.bursar.processors;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountRow;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.SuspendedFill;

/** One codec for each kind of row. For one thread only. */
final class RowCodecs {
    final RowCodec<AccountRow> accounts = new RowCodec<>(AccountRow.class);
    final RowCodec<Order> orders = new RowCodec<>(Order.class);
    final RowCodec<CommandRecord> commands = new RowCodec<>(CommandRecord.class);
    final RowCodec<Execution> executions = new RowCodec<>(Execution.class);
    final RowCodec<SuspendedFill> suspendedFills = new RowCodec<>(SuspendedFill.class);
}
