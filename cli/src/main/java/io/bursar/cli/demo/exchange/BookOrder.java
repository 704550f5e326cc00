package io.bursar.cli.demo.exchange;

import io.bursar.schemas.Side;

/** An order as the simulated market sees it. Its quantity and limit change when it is amended. */
final class BookOrder {
    final String id;
    final String accountId;
    /** Whose money it uses within the account. */
    final String strategy;

    final Listing listing;
    final Side side;
    final int takerFeeRate;
    /** Whether it is routed to another venue; its fills come from there, one by one. */
    final boolean outside;

    /** The total, what is filled included, in base units. */
    long quantity;
    /** In price units. */
    long limit;
    /** In base units. */
    long filled;
    /** Where it stands in {@link OpenOrders}; -1 while it is not there. */
    int place = -1;

    BookOrder(
            String id,
            String accountId,
            String strategy,
            Listing listing,
            Side side,
            int takerFeeRate,
            boolean outside,
            long quantity,
            long limit) {
        this.id = id;
        this.accountId = accountId;
        this.strategy = strategy;
        this.listing = listing;
        this.side = side;
        this.takerFeeRate = takerFeeRate;
        this.outside = outside;
        this.quantity = quantity;
        this.limit = limit;
    }

    long rest() {
        return quantity - filled;
    }

    void fill(long more) {
        if (more <= 0 || more > rest()) {
            throw new IllegalStateException("order " + id + " has " + rest() + " left and cannot fill " + more);
        }
        filled += more;
    }
}
