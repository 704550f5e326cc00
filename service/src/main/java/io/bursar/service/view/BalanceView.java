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

    /** The balances of an account. */
    public static Listing listOf(AccountState account) {
        var balances = account.getBalances().stream().map(BalanceView::of).toList();
        return new Listing(account.getAccountId(), account.getSequence(), balances);
    }

    private static BalanceView of(Balance balance) {
        int scale = balance.getScale();
        return new BalanceView(
                balance.getStrategy(),
                balance.getAsset(),
                Decimals.of(balance.getTotal(), scale),
                Decimals.of(balance.getReserved(), scale),
                Decimals.of(balance.getTotal() - balance.getReserved(), scale));
    }
}
