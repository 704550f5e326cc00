package io.bursar.schemas;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the contracts have them: in whole microseconds, and counted since 1970. */
public final class Micros {
    private Micros() {}

    /** How many whole microseconds lie between the beginning of 1970 and the instant; negative before. */
    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** The latest whole microsecond that is not after the instant: the instant itself, mostly. */
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // The nanoseconds within the second are what it is about.
    public static Instant floor(Instant instant) {
        int beyond = instant.getNano() % 1_000;
        return beyond == 0 ? instant : instant.minusNanos(beyond);
    }
}
