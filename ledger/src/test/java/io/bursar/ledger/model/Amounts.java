package io.bursar.ledger.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;

/** The sums of the model: decimal fractions as one would write them on paper, rounded once at the end. */
final class Amounts {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

    private Amounts() {}

    static BigInteger of(long amount) {
        return BigInteger.valueOf(amount);
    }

    static BigInteger ofNullable(Long amount) {
        return amount == null ? null : BigInteger.valueOf(amount);
    }

    static BigInteger micros(Instant instant) {
        return of(instant.getEpochSecond())
                .multiply(of(1_000_000))
                .add(of(instant.getNano()).divide(of(1_000)));
    }

    static boolean fits(BigInteger amount) {
        return amount.compareTo(LARGEST) <= 0 && amount.compareTo(SMALLEST) >= 0;
    }

    /** The amount, or the largest that fits in 64 bits. */
    static BigInteger atMostLargest(BigInteger amount) {
        return amount.min(LARGEST);
    }

    /** The amount, which must fit in 64 bits. */
    static BigInteger fitting(BigInteger amount) {
        if (!fits(amount)) {
            throw Refusal.of("amount_overflows").thrown();
        }
        return amount;
    }

    /** In whole units quantity × price, counted in units of the quote asset. */
    static BigInteger notional(BigInteger quantity, BigInteger price, Terms terms, RoundingMode rounding) {
        return fitting(exactNotional(quantity, price, terms, rounding));
    }

    /** The same where it is no result but bounds one, and may be as large as it is. */
    static BigInteger exactNotional(BigInteger quantity, BigInteger price, Terms terms, RoundingMode rounding) {
        var wholeQuantity = new BigDecimal(quantity, terms.baseScale());
        var wholePrice = new BigDecimal(price, terms.priceScale());
        var notional = wholeQuantity.multiply(wholePrice).setScale(terms.quoteScale(), rounding);
        return notional.unscaledValue();
    }

    /** {@code amount × part / whole}, rounded down. */
    static BigInteger share(BigInteger amount, BigInteger part, BigInteger whole) {
        return new BigDecimal(amount.multiply(part))
                .divide(new BigDecimal(whole), 0, RoundingMode.FLOOR)
                .toBigInteger();
    }

    /** What a rate in millionths takes of an amount, rounded up. */
    static BigInteger feeReserve(BigInteger amount, int rate) {
        return new BigDecimal(amount)
                .multiply(BigDecimal.valueOf(rate))
                .movePointLeft(6)
                .setScale(0, RoundingMode.CEILING)
                .toBigInteger();
    }

    /** The assets of an instrument and the decimals in which things are counted. */
    record Terms(String base, String quote, int baseScale, int quoteScale, int priceScale) {}
}
