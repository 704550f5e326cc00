package io.bursar.brokers;

/** What a broker says of the token that a login holds. */
public enum TokenCheck {
    /** The broker takes it. */
    ACCEPTED,
    /** The broker does not take it. */
    REFUSED,
    /** There is no way to ask this broker: only the expiry that it gave with the token is known. */
    NOT_ASKED
}
