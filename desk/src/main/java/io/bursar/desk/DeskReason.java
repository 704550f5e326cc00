package io.bursar.desk;

import java.util.Locale;

/**
 * Why a command about a broker account or an event of its token changed nothing. The text in replies and metrics is the
 * lower-case name; it never changes once released.
 */
public enum DeskReason {
    /** Fields break rules; the reply lists all of them. */
    FIELDS_ARE_INVALID,
    /** There is an account of this number at this broker and environment. */
    BROKER_ACCOUNT_EXISTS,
    /** There is no such broker account. */
    BROKER_ACCOUNT_NOT_FOUND,
    /** A secret or a token does not carry the version that follows the last one: somebody else has replaced it. */
    VERSION_CONFLICT,
    /** The broker gives no tokens to this account. */
    USES_NO_TOKENS,
    /** The account has nothing to log in with. */
    NO_CREDENTIALS,
    /** The account is not ACTIVE, and the refresh was not forced. */
    BROKER_ACCOUNT_NOT_ACTIVE,
    /** A refresh of the token is under way. */
    REFRESH_UNDER_WAY,
    /** The token is good beyond the refresh window, and the refresh was not forced. */
    REFRESH_NOT_DUE,
    /** The token has been replaced since the refresh was asked for. */
    TOKEN_CHANGED,
    /** No attempt of this number is on offer: it has ended, or another worker has started it. */
    ATTEMPT_NOT_OFFERED,
    /** The attempt is not the one that this worker has started. */
    ATTEMPT_NOT_STARTED,
    /** A worker is calling the broker. */
    REFRESH_STARTED,
    /** No refresh of this number is under way. */
    REFRESH_NOT_FOUND,
    /** The account has no valid token of this version. */
    TOKEN_NOT_FOUND;

    /** As it stands in replies. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
