package io.bursar.bench.workload;

/**
 * What a flow consists of. Apart from rejected orders and repeats, every second command is a fill.
 *
 * @param openOrders how many accepted orders lie between an order and the fill that closes it
 * @param rejectedPercent of orders that ask for more than there is
 * @param repeatedPercent of commands that are the one before it once more
 */
public record Mix(int openOrders, int rejectedPercent, int repeatedPercent) {
    /** As in a backlog: each fill some 4,000 commands behind its order. */
    public static final Mix USUAL = new Mix(2_000, 5, 1);

    /** Every command has a decision of its own: for measuring how long one takes. */
    public static Mix distinct(int openOrders) {
        return new Mix(openOrders, 0, 0);
    }

    /** Purchases alone, which stay open. */
    public static final Mix ORDERS = new Mix(Integer.MAX_VALUE, 0, 0);

    /** Whether no order is ever filled. */
    boolean hasNoFills() {
        return openOrders == Integer.MAX_VALUE;
    }
}
