package io.bursar.processors.desk;

/** Names of the desk's nodes and stores; part of the names of changelogs and metrics, so they never change. */
public final class DeskNodes {
    /** The store of all broker accounts. */
    public static final String STORE = "desk";

    /** The global store of broker accounts as they were committed last. */
    public static final String STATES_STORE = "broker-account-states";

    /** The global store of the last refreshes of each account. */
    public static final String HISTORY_STORE = "token-history";

    /** The sink of accounts as they are after each change. */
    public static final String STATES = "desk-states";

    /** The sink of attempts for the workers. */
    public static final String CALLS = "desk-calls";

    /** The sink of what is known of refreshes. */
    public static final String REFRESHES = "desk-refreshes";

    /** The sink of what time brings about, which comes back to the desk. */
    public static final String EVENTS = "desk-events";

    /** The sink of replies. */
    public static final String REPLIES = "desk-replies";

    /** The sink of what the desk could not use. */
    public static final String DEAD_LETTERS = "desk-dead-letters";

    private DeskNodes() {}
}
