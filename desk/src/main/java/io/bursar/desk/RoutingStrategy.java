package io.bursar.desk;

/** Which of several accounts is given. */
public enum RoutingStrategy {
    /** The one whose last turn for this operation is the longest ago. */
    ROUND_ROBIN,
    /** Any. */
    RANDOM,
    /** The one that was given least, whatever for. */
    LEAST_USED,
    /** The one whose last calls took the least time; those of which none is known come after all others. */
    FASTEST_RESPONSE
}
