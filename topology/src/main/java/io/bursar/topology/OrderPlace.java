package io.bursar.topology;

import java.time.Instant;

/**
 * Where an open order stands among those of its account.
 *
 * @param deadline when its reservation expires
 */
public record OrderPlace(Instant deadline, String orderId) {
    /** Before all orders. */
    public static final OrderPlace START = new OrderPlace(Instant.EPOCH, "");
}
