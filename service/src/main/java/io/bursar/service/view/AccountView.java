package io.bursar.service.view;

import io.bursar.schemas.state.AccountState;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;

/**
 * An account without its lists.
 *
 * @param takerFeeRate the fraction of a notional: {@code 0.001} is a tenth of a percent
 * @param costMethod AVERAGE or FIFO
 * @param marketPermissions the markets whose instruments it may order, beside those of instruments that name none
 * @param accountTime the largest {@code occurredAt} that the account has accepted
 * @param sequence of the last journal entry
 * @param lastHash of the last journal entry, as hexadecimal digits
 */
public record AccountView(
        String accountId,
        String status,
        String owner,
        String name,
        String takerFeeRate,
        String costMethod,
        List<String> marketPermissions,
        String accountTime,
        long sequence,
        String lastHash,
        int openOrders,
        int suspendedFills,
        int transfersOnTheirWay) {
    private static final int FEE_RATE_SCALE = 6;

    /** The view of an account. */
    public static AccountView of(AccountState account) {
        return new AccountView(
                account.getAccountId(),
                account.getStatus().name(),
                account.getOwner(),
                account.getName(),
                feeRate(account.getTakerFeeRate()),
                account.getCostMethod().name(),
                account.getMarketPermissions(),
                account.getAccountTime().toString(),
                account.getSequence(),
                HexFormat.of().formatHex(account.getLastHash().bytes()),
                account.getOpenOrders(),
                account.getSuspendedFills(),
                account.getTransfersOnTheirWay());
    }

    static String feeRate(int millionths) {
        return BigDecimal.valueOf(millionths, FEE_RATE_SCALE)
                .stripTrailingZeros()
                .toPlainString();
    }
}
