package io.bursar.processors.desk;

import io.bursar.schemas.TokenRefresh;

/** How many refreshes of an account are remembered, by the keys of a compacted topic. */
public final class TokenHistory {
    /** For each account. */
    public static final int REMEMBERED = 500;

    private TokenHistory() {}

    /** The key of a refresh: later ones of the account take the places of the oldest. */
    static String keyOf(TokenRefresh refresh) {
        return refresh.getAccountId() + "/" + refresh.getNumber() % REMEMBERED;
    }
}
