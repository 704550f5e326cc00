package io.bursar.processors;

/** Which clock notices that a reservation's deadline has passed. */
public enum ExpiryClock {
    /** The wall clock of the instance. */
    WALL,
    /** The largest {@code occurredAt} seen on the partition, for replays and tests. */
    STREAM
}
