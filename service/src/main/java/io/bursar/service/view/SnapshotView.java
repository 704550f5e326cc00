package io.bursar.service.view;

import io.bursar.schemas.state.AccountState;
import java.util.List;
import java.util.Map;

/**
 * All that there is to see of an account, as of the journal entry with the account's sequence.
 *
 * @param truncated whether there are more open orders or suspended fills than the lists hold
 * @param orders the open ones, the earliest deadlines first
 * @param suspendedFills by ascending sequence
 */
public record SnapshotView(
        AccountView account,
        List<BalanceView> balances,
        List<PositionView> positions,
        boolean truncated,
        List<OrderView> orders,
        List<SuspendedFillView> suspendedFills) {
    /** The view of an account and what is open in it. */
    public static SnapshotView of(
            AccountState account, boolean truncated, List<OrderView> orders, List<SuspendedFillView> suspendedFills) {
        return new SnapshotView(
                AccountView.of(account),
                BalanceView.listOf(account).balances(),
                PositionView.listOf(account, Map.of()).positions(),
                truncated,
                orders,
                suspendedFills);
    }
}
