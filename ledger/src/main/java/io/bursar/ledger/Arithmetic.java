package io.bursar.ledger;

import java.math.BigInteger;

/**
 * Every money formula of the ledger. All results are exact in the stated rounding; one that does not fit in a
 * {@code long} throws {@link ArithmeticException}, which the ledger answers with {@code amount_overflows}.
 */
final class Arithmetic {
    /** A fee rate of this value is the whole notional. */
    static final long FEE_RATE_UNIT = 1_000_000;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private Arithmetic() {}

    /** What {@code quantity} at {@code price} settles for, in quote units. */
    static long settledNotional(long quantity, long price, int baseScale, int priceScale, int quoteScale) {
        return notional(quantity, price, baseScale + priceScale - quoteScale, false);
    }

    /** What {@code quantity} at {@code price} can cost at most, in quote units. */
    static long reservedNotional(long quantity, long price, int baseScale, int priceScale, int quoteScale) {
        return notional(quantity, price, baseScale + priceScale - quoteScale, true);
    }

    /** What a BUY holds for fees on a reserved notional: rounded up, so that it always suffices. */
    static long feeReserve(long reservedNotional, int feeRate) {
        return multiplyDivide(reservedNotional, feeRate, FEE_RATE_UNIT, true);
    }

    /** {@code amount × part / whole}, floored; for the cost of a part of a position and the like. */
    static long share(long amount, long part, long whole) {
        return multiplyDivide(amount, part, whole, false);
    }

    /** The sum, or the nearest number that there is: for counts that are only compared with a limit. */
    static long saturatedSum(long one, long other) {
        long sum = one + other;
        boolean overflows = ((one ^ sum) & (other ^ sum)) < 0;
        return overflows ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    /** {@code quantity × price / 10^exponent}; a negative exponent multiplies. */
    private static long notional(long quantity, long price, int exponent, boolean up) {
        if (exponent < 0) {
            return multiplyExact(Math.multiplyExact(quantity, price), -exponent);
        }
        if (exponent <= 18) {
            return multiplyDivide(quantity, price, POWERS_OF_TEN[exponent], up);
        }
        var product = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(price));
        var divisor = BigInteger.TEN.pow(exponent);
        return divide(product, divisor, up);
    }

    private static long multiplyExact(long amount, int exponent) {
        return Math.multiplyExact(amount, POWERS_OF_TEN[exponent]);
    }

    /** For amounts and factors from zero on and a positive divisor: 64-bit arithmetic where the product fits. */
    private static long multiplyDivide(long amount, long factor, long divisor, boolean up) {
        long high = Math.multiplyHigh(amount, factor);
        long low = amount * factor;
        if (high != 0 || low < 0) {
            var product = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(factor));
            return divide(product, BigInteger.valueOf(divisor), up);
        }
        long quotient = low / divisor;
        return up && quotient * divisor != low ? quotient + 1 : quotient;
    }

    private static long divide(BigInteger product, BigInteger divisor, boolean up) {
        var parts = product.divideAndRemainder(divisor);
        var quotient = up && parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
        return quotient.longValueExact();
    }

    private static long[] powersOfTen() {
        var powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
