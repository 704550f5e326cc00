package io.bursar.cli.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/** Something stated in a scenario or found on a stage, compared by what it means: 100 equals 100.00. */
public sealed interface Value {
    Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    /** Whether what was found is what this states. */
    boolean matches(Value found);

    /** As written in a scenario. */
    String text();

    /**
     * A number in whole units.
     *
     * @param unit the asset, {@code %}, or empty: then stated, it matches any unit
     */
    record Figure(BigDecimal number, String unit) implements Value {
        @Override
        public boolean matches(Value found) {
            return found instanceof Figure other
                    && number.compareTo(other.number) == 0
                    && (unit.isEmpty() || unit.equals(other.unit));
        }

        @Override
        public String text() {
            var plain = number.toPlainString();
            return switch (unit) {
                case "" -> plain;
                case "%" -> plain + "%";
                default -> plain + " " + unit;
            };
        }
    }

    /** An instant, as the time since the scenario began. */
    record Moment(Duration sinceStart) implements Value {
        @Override
        public boolean matches(Value found) {
            return equals(found);
        }

        @Override
        public String text() {
            return Offsets.text(sinceStart);
        }
    }

    /** A status, a reason code, an id. */
    record Word(String text) implements Value {
        @Override
        public boolean matches(Value found) {
            return equals(found);
        }
    }

    /** An amount of an asset, or a number without unit. */
    static Value figure(long units, int scale, String unit) {
        return new Figure(BigDecimal.valueOf(units, scale), unit);
    }

    /** A plain count. */
    static Value count(long number) {
        return figure(number, 0, "");
    }

    static Value word(String text) {
        return new Word(text);
    }

    /** What a text states, by its form: {@code 50.01}, {@code 50.01 USD}, {@code 0.1%}, {@code +7d+1us}, or a word. */
    static Value parse(String text) {
        if (Offsets.isOffset(text)) {
            return new Moment(Offsets.parse("time", text));
        }
        if (text.endsWith("%") && isNumber(text.substring(0, text.length() - 1))) {
            return new Figure(new BigDecimal(text.substring(0, text.length() - 1)), "%");
        }
        int blank = text.indexOf(' ');
        var number = blank < 0 ? text : text.substring(0, blank);
        if (isNumber(number)) {
            return new Figure(
                    new BigDecimal(number),
                    blank < 0 ? "" : text.substring(blank + 1).strip());
        }
        return new Word(text);
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }
}
