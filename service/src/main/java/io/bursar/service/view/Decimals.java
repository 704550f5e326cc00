package io.bursar.service.view;

import java.math.BigDecimal;

/** Amounts as people write them. */
final class Decimals {
    private Decimals() {}

    /** With all decimals of the scale, never with an exponent. */
    static String of(long units, int scale) {
        return BigDecimal.valueOf(units, scale).toPlainString();
    }

    /** The same, or null. */
    static String ofNullable(Long units, int scale) {
        return units == null ? null : of(units, scale);
    }
}
