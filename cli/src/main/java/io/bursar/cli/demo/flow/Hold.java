package io.bursar.cli.demo.flow;

/** What must have been decided of a message's orders before the message may go out. */
public enum Hold {
    /** Nothing: a user does not wait, and a resent message does not either. */
    NOT_AT_ALL,
    /** Every command about these orders that went out before: a venue trades only what the ledger has accepted. */
    UNTIL_COMMANDS_DECIDED,
    /** Every command and fill of these orders that went out before. */
    UNTIL_ALL_DECIDED
}
