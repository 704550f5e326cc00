package io.bursar.processors;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as counts of microseconds since 1970, as keys hold them. */
final class Micros {
    private Micros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
