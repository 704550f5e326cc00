package io.bursar.desk;

/** Codes that have a meaning to the desk; all others are for people. */
public final class OperationCodes {
    /** Of a failed operation: the broker no longer takes the token, so it is renewed. */
    public static final String TOKEN_INVALID = "token_invalid";

    /** Of a failed attempt: its worker did not report in time. */
    static final String LEASE_EXPIRED = "lease_expired";

    /** Of a failed refresh: no worker took it. */
    static final String NO_WORKER = "no_worker";

    private OperationCodes() {}
}
