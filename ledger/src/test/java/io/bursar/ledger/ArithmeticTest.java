package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.Statistics;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class ArithmeticTest {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private interface Formula {
        long result();
    }

    @Property(tries = 3_000)
    void a_notional_is_exact_at_all_scales_floored_when_settled_and_ceiled_when_reserved(
            @ForAll @LongRange(min = 1) long quantity,
            @ForAll @LongRange(min = 1) long price,
            @ForAll @IntRange(max = 18) int baseScale,
            @ForAll @IntRange(max = 18) int priceScale,
            @ForAll @IntRange(max = 18) int quoteScale) {
        var exact = BigDecimal.valueOf(quantity, baseScale)
                .multiply(BigDecimal.valueOf(price, priceScale))
                .scaleByPowerOfTen(quoteScale);

        checkAgainst(
                exact.setScale(0, RoundingMode.FLOOR).toBigIntegerExact(),
                () -> Arithmetic.settledNotional(quantity, price, baseScale, priceScale, quoteScale));
        checkAgainst(
                exact.setScale(0, RoundingMode.CEILING).toBigIntegerExact(),
                () -> Arithmetic.reservedNotional(quantity, price, baseScale, priceScale, quoteScale));
    }

    @Property(tries = 1_000)
    void a_fee_reserve_is_its_rate_of_the_notional_ceiled(
            @ForAll @LongRange(min = 0) long notional, @ForAll @IntRange(max = 1_000_000) int rate) {
        var exact =
                BigDecimal.valueOf(notional).multiply(BigDecimal.valueOf(rate)).scaleByPowerOfTen(-6);

        checkAgainst(
                exact.setScale(0, RoundingMode.CEILING).toBigIntegerExact(),
                () -> Arithmetic.feeReserve(notional, rate));
    }

    @Property(tries = 1_000)
    void a_share_is_floored_and_never_more_than_the_whole(
            @ForAll @LongRange(min = 0) long amount,
            @ForAll @LongRange(min = 0) long one,
            @ForAll @LongRange(min = 1) long other) {
        long part = Math.min(one, other);
        long whole = Math.max(one, other);

        long share = Arithmetic.share(amount, part, whole);

        assertThat(BigInteger.valueOf(share))
                .isEqualTo(BigInteger.valueOf(amount)
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(whole)));
        assertThat(share).isLessThanOrEqualTo(amount);
    }

    @Example
    void scales_of_18_on_both_sides_and_none_in_the_quote_divide_by_more_than_a_long_holds() {
        long ten = 10_000_000_000_000_000L;

        assertThat(Arithmetic.settledNotional(Long.MAX_VALUE, Long.MAX_VALUE, 18, 18, 0))
                .isEqualTo(85);
        assertThat(Arithmetic.reservedNotional(Long.MAX_VALUE, Long.MAX_VALUE, 18, 18, 0))
                .isEqualTo(86);
        assertThat(Arithmetic.settledNotional(100 * ten, 100 * ten, 18, 18, 0)).isEqualTo(1);
        assertThat(Arithmetic.reservedNotional(100 * ten, 100 * ten, 18, 18, 0)).isEqualTo(1);
        assertThat(Arithmetic.settledNotional(1, 1, 18, 18, 0)).isZero();
        assertThat(Arithmetic.reservedNotional(1, 1, 18, 18, 0)).isEqualTo(1);
    }

    @Example
    void a_quote_of_18_decimals_multiplies_and_overflows_exactly_at_the_end() {
        assertThat(Arithmetic.settledNotional(3, 3, 0, 0, 18)).isEqualTo(9_000_000_000_000_000_000L);
        assertThat(Arithmetic.reservedNotional(9, 1, 0, 0, 18)).isEqualTo(9_000_000_000_000_000_000L);
        overflows(() -> Arithmetic.settledNotional(10, 1, 0, 0, 18));
        overflows(() -> Arithmetic.settledNotional(Long.MAX_VALUE, 2, 0, 0, 0));
        overflows(() -> Arithmetic.reservedNotional(Long.MAX_VALUE, 11, 0, 1, 0));
        assertThat(Arithmetic.settledNotional(Long.MAX_VALUE, 1, 0, 0, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Example
    void a_ceiling_that_is_one_too_much_overflows_where_the_floor_fits() {
        // The product is Long.MAX_VALUE × 10 + 7.
        long quantity = 8_384_883_669_867_978_007L;
        assertThat(Arithmetic.settledNotional(quantity, 11, 0, 1, 0)).isEqualTo(Long.MAX_VALUE);
        overflows(() -> Arithmetic.reservedNotional(quantity, 11, 0, 1, 0));
    }

    private static void checkAgainst(BigInteger exact, Formula formula) {
        boolean fits = exact.compareTo(LARGEST) <= 0;
        Statistics.label("results").collect(fits ? "fits" : "overflows");
        if (fits) {
            assertThat(BigInteger.valueOf(formula.result())).isEqualTo(exact);
        } else {
            overflows(formula::result);
        }
    }

    private static void overflows(ThrowingCallable formula) {
        assertThatThrownBy(formula).isInstanceOf(ArithmeticException.class);
    }
}
