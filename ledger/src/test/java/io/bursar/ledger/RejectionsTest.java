package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectionsTest {
    @Test
    void missing_money_is_told_in_whole_units() {
        var rejection = Rejections.lacking(ReasonCode.INSUFFICIENT_FUNDS, "", "USD", 2, 5001, 5000);

        assertThat(Rejections.describe(rejection)).isEqualTo("required 50.01 USD, available 50.00");
    }

    @Test
    void the_strategy_is_named_where_there_is_one() {
        var rejection = Rejections.lacking(ReasonCode.INSUFFICIENT_POSITION, "carry", "SHARE", 0, 7, 0);

        assertThat(Rejections.describe(rejection)).isEqualTo("required 7 SHARE, available 0 in strategy carry");
    }

    @Test
    void the_smallest_units_are_not_told_in_exponents() {
        var rejection = Rejections.lacking(ReasonCode.INSUFFICIENT_FUNDS, "", "ETH", 18, 1, 0);

        assertThat(Rejections.describe(rejection))
                .isEqualTo("required 0.000000000000000001 ETH, available 0.000000000000000000");
    }

    @Test
    void a_limit_is_told_with_the_value_beyond_it() {
        assertThat(Rejections.describe(Rejections.beyond(ReasonCode.OVERFILL, 8, 10)))
                .isEqualTo("limit 8, given 10");
    }

    @Test
    void a_reason_that_says_it_all_has_no_numbers() {
        assertThat(Rejections.describe(Rejections.because(ReasonCode.ORDER_NOT_FOUND)))
                .isEmpty();
    }
}
