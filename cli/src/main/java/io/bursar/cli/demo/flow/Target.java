package io.bursar.cli.demo.flow;

import io.bursar.topology.topics.Topics;

/** The kind of topic that a message goes to. */
public enum Target {
    ASSETS,
    INSTRUMENTS,
    ACCOUNTS,
    BALANCE_UPDATES,
    ORDERS,
    FILLS,
    TRADES;

    /** The topic's name in this installation. */
    public String topic(Topics topics) {
        return switch (this) {
            case ASSETS -> topics.assets();
            case INSTRUMENTS -> topics.instruments();
            case ACCOUNTS -> topics.accounts();
            case BALANCE_UPDATES -> topics.balanceUpdates();
            case ORDERS -> topics.orders();
            case FILLS -> topics.fills();
            case TRADES -> topics.trades();
        };
    }
}
