package io.bursar.brokers;

import java.time.Instant;

/**
 * Which orders are asked for.
 *
 * @param from included
 * @param until not included; after {@code from}
 * @param limit orders on a page, 1 to 300
 * @param page the {@link OrderPage#next} of the page before; null for the first one
 */
public record OrderQuery(Instant from, Instant until, int limit, String page) {
    private static final int MOST = 300;

    public OrderQuery {
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("until " + until + " must be after from " + from);
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit " + limit + " must be from 1 to " + MOST);
        }
    }
}
