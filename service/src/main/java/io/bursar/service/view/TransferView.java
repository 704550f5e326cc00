package io.bursar.service.view;

import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.TransferOnItsWay;
import java.util.List;

/**
 * Money that has left an account for another one, of which it is not known yet whether it has arrived.
 *
 * @param transferId the command id of the transfer
 */
public record TransferView(String transferId, String toAccountId, String asset, String amount) {
    /** @param nextCursor null at the end of the list */
    public record Listing(String accountId, long sequence, List<TransferView> transfers, String nextCursor) {}

    /** Transfers of an account as of a journal entry. */
    public static Listing listOf(AccountState account, List<TransferOnItsWay> transfers, String nextCursor) {
        var views = transfers.stream()
                .map(transfer -> new TransferView(
                        transfer.getTransferId(),
                        transfer.getToAccountId(),
                        transfer.getAsset(),
                        Decimals.of(transfer.getAmount(), transfer.getScale())))
                .toList();
        return new Listing(account.getAccountId(), account.getSequence(), views, nextCursor);
    }
}
