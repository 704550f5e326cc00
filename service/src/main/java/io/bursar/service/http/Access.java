package io.bursar.service.http;

import io.javalin.security.RouteRole;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a caller must be allowed to do to use a route; all but {@link #OPEN} and {@link #ANY_KEY} are scopes that an API key can have. */
public enum Access implements RouteRole {
    /** Anybody may, without a key. */
    OPEN,
    /** Whoever has a key that is in force; what else it takes depends on what the request says. */
    ANY_KEY,
    /** Balances, quotas, history and the state of accounts. */
    ACCOUNT_READ,
    /** Money in, out of, and within accounts. */
    ACCOUNT_WRITE,
    /** Orders, positions, trades. */
    TRADE_READ,
    /** Placing, amending, extending and cancelling orders. */
    TRADE_WRITE,
    /** All accounts at once, keys, reference data. */
    ADMIN_READ,
    /** Opening and changing accounts, limits, fills, reference data, keys. */
    ADMIN_WRITE;

    private static final Set<Access> SCOPES = Collections.unmodifiableSet(EnumSet.range(ACCOUNT_READ, ADMIN_WRITE));

    /** Those that a key can have, in their order. */
    public static Set<Access> scopes() {
        return SCOPES;
    }

    /** As keys and documents name it, such as {@code account:read}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** The scope with this text; empty for any other text. */
    public static Optional<Access> scope(String text) {
        return SCOPES.stream().filter(scope -> scope.text().equals(text)).findAny();
    }
}
