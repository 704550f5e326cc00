package io.bursar.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a point in time from an option: an instant, or how long ago. */
final class TimeOption implements ITypeConverter<TimeOption.Time> {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

    /** A point in time that was given. */
    record Time(Instant instant) {}

    @Override
    public Time convert(String text) {
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            return new Time(Instant.now().minus(duration(Long.parseLong(ago.group(1)), ago.group(2))));
        }
        try {
            return new Time(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time: it takes 2026-03-02T12:00:00Z, or as long ago as 90m, 12h or 7d");
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
