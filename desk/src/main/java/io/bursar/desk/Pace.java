package io.bursar.desk;

import java.time.Duration;
import java.time.Instant;

/** Spreads calls over each minute: as many at once as fall to a second, one at least. */
final class Pace {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Duration distance;

    /** How far ahead of an even distance calls may be. */
    private final Duration lead;

    /** When the next call would be if all had kept their distance. */
    private Instant next = Instant.EPOCH;

    /** @param perMinute from 1 on */
    Pace(int perMinute) {
        distance = MINUTE.dividedBy(perMinute);
        lead = distance.compareTo(SECOND) < 0 ? SECOND.minus(distance) : Duration.ZERO;
    }

    /** How many calls may begin at this moment. */
    long allowed(Instant now) {
        var room = Duration.between(later(next, now), now.plus(lead));
        return room.isNegative() ? 0 : room.dividedBy(distance) + 1;
    }

    /** A call has begun. */
    void count(Instant now) {
        next = later(next, now).plus(distance);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
