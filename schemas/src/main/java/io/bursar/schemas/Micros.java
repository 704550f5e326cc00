package io.bursar.schemas;

import java.time.Instant;

/** Instants as the contracts have them: in whole microseconds. */
public final class Micros {
    private Micros() {}

    /** The latest whole microsecond that is not after the instant: the instant itself, mostly. */
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // The nanoseconds within the second are what it is about.
    public static Instant floor(Instant instant) {
        int beyond = instant.getNano() % 1_000;
        return beyond == 0 ? instant : instant.minusNanos(beyond);
    }
}
