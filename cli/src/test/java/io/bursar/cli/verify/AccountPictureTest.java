package io.bursar.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountPictureTest {
    @Test
    void equal_amounts_are_written_alike() {
        assertThat(AccountPicture.amount(new BigDecimal("100.00"))).isEqualTo("100");
        assertThat(AccountPicture.amount(new BigDecimal("1E+2"))).isEqualTo("100");
        assertThat(AccountPicture.amount(new BigDecimal("0.00"))).isEqualTo("0");
        assertThat(AccountPicture.amount(new BigDecimal("-0.50"))).isEqualTo("-0.5");
    }

    @Test
    void what_only_one_side_knows_is_a_difference() {
        var journal = picture(false, Map.of("status", "OPEN", "balance USD total", "1"));
        var stores = picture(false, Map.of("status", "OPEN", "balance BTC total", "2"));

        assertThat(journal.differencesOf(stores, "the stores"))
                .containsExactly(
                        "balance BTC total is 2 in the stores, but absent by the journal",
                        "balance USD total is absent in the stores, but 1 by the journal");
    }

    @Test
    void what_a_truncated_list_leaves_out_is_no_difference() {
        var journal = picture(
                false, Map.of(AccountPicture.order("O1", "held"), "1", AccountPicture.order("O2", "held"), "1"));
        var stores = picture(true, Map.of(AccountPicture.order("O1", "held"), "2"));

        assertThat(journal.differencesOf(stores, "the stores"))
                .containsExactly("open order O1 held is 2 in the stores, but 1 by the journal");
    }

    private static AccountPicture picture(boolean truncated, Map<String, String> facts) {
        return new AccountPicture(1, truncated, new TreeMap<>(facts));
    }
}
