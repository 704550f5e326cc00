package io.bursar.processors;

/** Names of the topology's nodes and stores; part of the names of changelogs and metrics, so they never change. */
public final class Nodes {
    /** The store of all accounts of a partition. */
    public static final String LEDGER_STORE = "ledger";

    /** The global store of assets, as they came. */
    public static final String ASSETS_STORE = "assets";

    /** The global store of instruments, as they came. */
    public static final String INSTRUMENTS_STORE = "instruments";

    /** The sink of journal entries. */
    public static final String JOURNAL = "journal";

    /** The sink of replies. */
    public static final String REPLIES = "replies";

    /** The sink of what the ledger could not use. */
    public static final String DEAD_LETTERS = "dead-letters";

    /** The sink of what accounts tell each other of transfers. */
    public static final String TRANSFERS = "transfers";

    /** The sink of the legs of trades. */
    public static final String TRADE_FILLS = "trade-fills";

    /** The sink of what the trade splitter could not use. */
    public static final String TRADE_DEAD_LETTERS = "trade-dead-letters";

    private Nodes() {}
}
