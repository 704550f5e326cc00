package io.bursar.service.view;

import io.bursar.schemas.Posting;

/**
 * A movement of an entry.
 *
 * @param ledgerAccount AVAILABLE, RESERVED, EXTERNAL, ADJUSTMENT, CLEARING, VENUE, FEES or TRANSIT
 * @param amount positive: the ledger account grows
 * @param balanceAfter of AVAILABLE and RESERVED, where the tables tell it: what they are after this posting
 */
public record PostingView(String ledgerAccount, String strategy, String asset, String amount, String balanceAfter) {
    static PostingView of(Posting posting) {
        return new PostingView(
                posting.getLedgerAccount().name(),
                posting.getStrategy(),
                posting.getAsset(),
                Decimals.of(posting.getAmount(), posting.getScale()),
                null);
    }
}
