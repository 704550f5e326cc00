package io.bursar.cli.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Times of a scenario: signed parts since its beginning, such as {@code +7d+1us}. */
final class Offsets {
    private static final Pattern PART = Pattern.compile("([+-])(\\d{1,12})(us|ms|d|h|m|s)");
    private static final Pattern WHOLE = Pattern.compile("(" + PART.pattern() + ")+");

    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us"};
    private static final long[] MICROS_OF_UNITS = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L
    };

    private Offsets() {}

    static boolean isOffset(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** @throws Fault when it is no time, or longer than any scenario can be */
    static Duration parse(String field, String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!isOffset(text)) {
            throw Fault.of(
                    field, text, "must be a time since the beginning: signed parts of d, h, m, s, ms, us, as +7d+1us");
        }
        try {
            return Duration.of(microsOfAll(text), ChronoUnit.MICROS);
        } catch (ArithmeticException e) {
            throw Fault.of(field, text, "must be shorter");
        }
    }

    private static long microsOfAll(String text) {
        var parts = PART.matcher(text);
        long micros = 0;
        while (parts.find()) {
            long amount = Long.parseLong(parts.group(1) + parts.group(2));
            micros = Math.addExact(micros, Math.multiplyExact(amount, microsOf(parts.group(3))));
        }
        return micros;
    }

    static String text(Duration sinceStart) {
        long rest = Math.abs(micros(sinceStart));
        var sign = sinceStart.isNegative() ? "-" : "+";
        var text = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            long amount = rest / MICROS_OF_UNITS[i];
            rest %= MICROS_OF_UNITS[i];
            if (amount > 0) {
                text.append(sign).append(amount).append(UNITS[i]);
            }
        }
        return text.isEmpty() ? "+0s" : text.toString();
    }

    static Value moment(Instant instant) {
        return new Value.Moment(Duration.between(Scenario.START, instant));
    }

    static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000L);
    }

    private static long microsOf(String unit) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return MICROS_OF_UNITS[i];
            }
        }
        throw new IllegalArgumentException("no unit of time: " + unit);
    }
}
