package io.bursar.cli.scenario;

import java.math.BigDecimal;

/** Decimal text and the counts of units that messages carry. */
final class Amounts {
    /** Of a fee rate: 1/1,000,000 is 0.0001 %. */
    private static final int PERCENT_SCALE = 4;

    private Amounts() {}

    /**
     * The text as a count of 10^-scale units.
     *
     * @throws Fault when it is no number, has more decimals than the scale, or does not fit in 64 bits
     */
    static long units(String field, String text, int scale) {
        if (!Value.isNumber(text)) {
            throw Fault.of(field, text, "must be a decimal number");
        }
        try {
            return new BigDecimal(text).movePointRight(scale).longValueExact();
        } catch (ArithmeticException e) {
            throw Fault.of(
                    field, text, "must have at most " + scale + " decimals here, and fit in 64 bits at that scale");
        }
    }

    static long positive(String field, String text, int scale) {
        long units = units(field, text, scale);
        if (units <= 0) {
            throw Fault.of(field, text, "must be above zero");
        }
        return units;
    }

    /** The text as a whole number of 32 bits. */
    static int count(String field, String text) {
        long count = units(field, text, 0);
        if (count != (int) count) {
            throw Fault.of(field, text, "must fit in 32 bits");
        }
        return (int) count;
    }

    /** A rate such as {@code 0.1%} in 1/1,000,000. */
    static int rate(String field, String text) {
        if (!text.endsWith("%")) {
            throw Fault.of(field, text, "must be a percentage such as 0.1%");
        }
        long rate = units(field, text.substring(0, text.length() - 1), PERCENT_SCALE);
        if (rate != (int) rate) {
            throw Fault.of(field, text, "must fit in 32 bits in units of 0.0001%");
        }
        return (int) rate;
    }

    static Value rate(int rate) {
        return Value.figure(rate, PERCENT_SCALE, "%");
    }
}
