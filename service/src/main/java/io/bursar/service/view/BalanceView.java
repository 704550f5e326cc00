package io.bursar.service.view;

import io.bursar.schemas.Balance;
import io.bursar.schemas.state.AccountState;
import java.util.List;

/**
 * What a strategy holds of an asset.
 *
 * @param strategy empty for the money that is not allocated
 * @param available the total without what is reserved
 */
public record BalanceView(String strategy, String asset, String total, String reserved, String available) {
    /** All balances of an account as of a journal entry. */
    public record Listing(String accountId, long sequence, List<BalanceView> balances) {}

    /**
     * The balances of an account as of a time past.
     *
     * @param sequence the last entry that counts
     * @param asOf the instant up to which entries count; absent when they are counted by sequence
     */
    public record Past(String accountId, long sequence, String asOf, List<BalanceView> balances) {}

    /** The view of a balance of which both parts are known in units of the asset. */
    public static BalanceView of(String strategy, String asset, int scale, long available, long reserved) {
        return new BalanceView(
                strategy,
                asset,
                Decimals.of(available + reserved, scale),
                Decimals.of(reserved, scale),
                Decimals.of(available, scale));
    }

    /** The balances of an account. */
    public static Listing listOf(AccountState account) {
        var balances = account.getBalances().stream().map(BalanceView::of).toList();
        return new Listing(account.getAccountId(), account.getSequence(), balances);
    }

    static BalanceView of(Balance balance) {
        return of(
                balance.getStrategy(),
                balance.getAsset(),
                balance.getScale(),
                balance.getTotal() - balance.getReserved(),
                balance.getReserved());
    }
}
