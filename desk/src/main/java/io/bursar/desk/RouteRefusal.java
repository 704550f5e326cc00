package io.bursar.desk;

import java.util.Locale;

/** Why an account is not used for an operation; of several reasons the first. The codes never change once released. */
public enum RouteRefusal {
    /** It is not ACTIVE. */
    NOT_ACTIVE,
    /** It lacks a permission that was asked for. */
    PERMISSION_MISSING,
    /** It is in another environment than was asked for. */
    ENVIRONMENT_DIFFERS,
    /** It is neither in PRODUCTION nor of type PAPER. */
    NOT_FOR_TRADING,
    /** Its last calls failed: 5 of them for trading, 10 for everything else. */
    TOO_MANY_ERRORS,
    /** It has no token that the broker would take, and gets none in time. */
    TOKEN_NOT_VALID;

    /** As it stands in answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
