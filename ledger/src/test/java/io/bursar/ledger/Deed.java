package io.bursar.ledger;

/** What somebody does in one step of a random run, and how often compared to the others. */
enum Deed {
    OPEN(1),
    DEPOSIT(7),
    WITHDRAW(3),
    ADJUST(3),
    PLACE(18),
    FILL(22),
    TRADE(8),
    FILL_BEFORE_ORDER(5),
    DELIVER_WHAT_WAS_HELD_BACK(9),
    FILL_LATE(6),
    FILL_ODDLY(5),
    AMEND(8),
    EXTEND(5),
    CANCEL(6),
    RESOLVE(9),
    SUSPEND(1),
    RESUME(4),
    WIND_DOWN(1),
    ALLOCATE(5),
    SET_QUOTA(3),
    TRANSFER(4),
    DELIVER_TRANSFER(6),
    BUST(6),
    UPDATE(1),
    EXPIRE(5),
    LET_TIME_PASS(4),
    SEND_AGAIN(6),
    REUSE_AN_ID(3),
    FORGET(5);

    final int weight;

    Deed(int weight) {
        this.weight = weight;
    }
}
