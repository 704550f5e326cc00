package io.bursar.cli.demo.flow;

/**
 * What a quantity costs on one instrument, in whole numbers only.
 *
 * @param exponent base scale plus price scale less quote scale, 0 to 18
 */
public record Money(int exponent) {
    /** A fee rate of this value is the whole notional. */
    private static final long RATE_UNIT = 1_000_000;

    /**
     * Floored, as fills settle, in quote units.
     *
     * @throws ArithmeticException when the product does not fit in a {@code long}
     */
    public long settled(long quantity, long price) {
        return Math.multiplyExact(quantity, price) / divisor();
    }

    /** The most that an order can reserve, fees at the rate included, in quote units. */
    public long reserved(long quantity, long price, int feeRate) {
        long notional = Math.ceilDiv(Math.multiplyExact(quantity, price), divisor());
        return Math.addExact(notional, Math.ceilDiv(Math.multiplyExact(notional, feeRate), RATE_UNIT));
    }

    /** The fee on an amount at a rate in 1/1,000,000, floored, so that a fee reserve always suffices. */
    public static long fee(long amount, int rate) {
        return Math.multiplyExact(amount, rate) / RATE_UNIT;
    }

    /** The largest quantity that costs no more than {@code amount} at the price. */
    public long affordable(long amount, long price) {
        return Math.multiplyExact(amount, divisor()) / price;
    }

    private long divisor() {
        long divisor = 1;
        for (int i = 0; i < exponent; i++) {
            divisor *= 10;
        }
        return divisor;
    }
}
