package io.bursar.ledger.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What random runs are made of. Those with a weight are kinds of steps, as often as that among the others; those without
 * change how other steps are done.
 */
enum Feature {
    OPEN(2),
    SUSPEND(1),
    RESUME(8),
    CLOSE(1),
    DEPOSIT(7),
    WITHDRAW(4),
    ADJUST(3),
    PLACE(22),
    CANCEL(5),
    AMEND(8),
    EXTEND(4),
    FILL(22),
    FILL_LATE(6),
    FILL_ODDLY(5),
    FILL_BEFORE_ORDER(4),
    PLACE_AFTER_FILL(5),
    RESOLVE(6),
    EXPIRE(3),
    LET_TIME_PASS(4),
    SEND_AGAIN(6),
    REUSE_AN_ID(4),
    LIST(1),
    EXTREMES(0),
    UPDATE_ACCOUNT(2),
    MARKETS(0),
    ALLOCATE(5),
    SET_LIMITS(2),
    SET_QUOTA(2),
    COSTED_DEPOSITS(0),
    REDUCE_ONLY(0),
    FIFO(0),
    BUST(4),
    TRANSFER(3),
    DELIVER_TRANSFER(5);

    static final Set<Feature> ALL = Collections.unmodifiableSet(EnumSet.allOf(Feature.class));

    final int weight;

    Feature(int weight) {
        this.weight = weight;
    }
}
