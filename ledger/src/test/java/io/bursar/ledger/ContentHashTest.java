package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Adjust;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Quota;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.Withdraw;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    @Test
    void every_field_of_an_order_is_content() {
        differsWith(order -> order.setOrderId("B"));
        differsWith(order -> order.setInstrument("ABC-EUR"));
        differsWith(order -> order.setSide(Side.SELL));
        differsWith(order -> order.setType(OrderType.MARKET));
        differsWith(order -> order.setQuantity(10_001L));
        differsWith(order -> order.setQuantity(null));
        differsWith(order -> order.setLimitPrice(901L));
        differsWith(order -> order.setNotional(1L));
        differsWith(order -> order.setExpiresAt(DAY_0.plusNanos(1000)));
        differsWith(order -> order.setStrategy("S"));
        differsWith(order -> order.setReduceOnly(true));
    }

    private static void differsWith(Consumer<PlaceOrder> change) {
        var changed = buy("A", "1", "9.00").build();
        change.accept(changed);
        assertThat(ContentHash.of(changed))
                .as("%s", changed)
                .isNotEqualTo(ContentHash.of(buy("A", "1", "9.00").build()));
    }

    @Test
    void every_field_of_a_fill_is_content_but_its_time() {
        fillDiffersWith(fill -> fill.setExecutionId("e2"));
        fillDiffersWith(fill -> fill.setAccountId("A2"));
        fillDiffersWith(fill -> fill.setOrderId("B"));
        fillDiffersWith(fill -> fill.setInstrument("ABC-EUR"));
        fillDiffersWith(fill -> fill.setSide(Side.SELL));
        fillDiffersWith(fill -> fill.setQuantity(1));
        fillDiffersWith(fill -> fill.setPrice(1));
        fillDiffersWith(fill -> fill.setFee(1));
        fillDiffersWith(fill -> fill.setFeeAsset("USD"));
        fillDiffersWith(fill -> fill.setLiquidity(Liquidity.MAKER));
        fillDiffersWith(fill -> fill.setFinal$(true));
        fillDiffersWith(fill -> fill.setVenue(null));
        fillDiffersWith(fill -> fill.setTradeId("T1"));
        fillDiffersWith(fill -> fill.setKind(FillKind.BUST));

        var later = bought("A", "e1", "1", "9.00")
                .setOccurredAt(DAY_0.plusSeconds(9))
                .build();
        assertThat(ContentHash.of(later))
                .isEqualTo(ContentHash.of(bought("A", "e1", "1", "9.00").build()));
    }

    private static void fillDiffersWith(Consumer<Fill> change) {
        var changed = bought("A", "e1", "1", "9.00").build();
        change.accept(changed);
        assertThat(ContentHash.of(changed))
                .as("%s", changed)
                .isNotEqualTo(ContentHash.of(bought("A", "e1", "1", "9.00").build()));
    }

    @Test
    void the_same_fields_under_another_name_of_command_are_another_content() {
        assertThat(ContentHash.of(new Deposit("USD", 5L, null, null)))
                .isNotEqualTo(ContentHash.of(new Withdraw("USD", 5L)));
        assertThat(ContentHash.of(new CloseAccount())).isNotEqualTo(ContentHash.of(new ResumeAccount()));
    }

    @Test
    void text_that_moves_from_one_field_to_the_next_is_another_content() {
        assertThat(ContentHash.of(new OpenAccount("ab", "c", 0, CostMethod.AVERAGE, List.of())))
                .isNotEqualTo(ContentHash.of(new OpenAccount("a", "bc", 0, CostMethod.AVERAGE, List.of())));
        assertThat(ContentHash.of(new CancelOrder("A", CancelCause.USER, null)))
                .isNotEqualTo(ContentHash.of(new CancelOrder("A", CancelCause.USER, "")));
    }

    /**
     * Computed outside of this code, as SHA-256 over length and bytes of each text: a field with its default leaves no
     * trace, and neither will one that is added to the schema later.
     */
    @Test
    void fields_with_their_default_are_left_out() {
        assertThat(ContentHash.of(new OpenAccount("o", "n", 0, CostMethod.AVERAGE, List.of())))
                .isEqualTo(hash("53ad084f9afbffbbef1c3122048e60eb151a8f399018e33eb2ba5c38000066cf"));
        assertThat(ContentHash.of(new Adjust("USD", -5L, "r")))
                .isEqualTo(hash("5ad2bcecc586154456c20bca763e7d6592ce4e94eaa9356e52f4cfe5d7c9c903"));
        assertThat(ContentHash.of(bought("A", "e1", "1", "9.00").build()))
                .isEqualTo(hash("3a9045152ec05ee4dbad038914c9dc9ada84d099aee185fd65b1eadf805c5876"));
    }

    /** Computed outside of this code, too. */
    @Test
    void texts_beyond_ascii_long_texts_extreme_numbers_and_early_instants_are_content_as_any_other() {
        assertThat(ContentHash.of(new Adjust("USD", Long.MIN_VALUE, "é€😀")))
                .isEqualTo(hash("0dc4b7a74e2997a4c818b163180500c576a911a87f3b70a3ef51ccb5256d1af1"));
        assertThat(ContentHash.of(new Adjust("USD", Long.MAX_VALUE, "r".repeat(3000))))
                .isEqualTo(hash("009e3ec64a5556b5c5647b9bb7967926f948ce83987240c087032bde9ed9eff0"));
        assertThat(ContentHash.of(new ExtendOrder("A", Instant.EPOCH.minusNanos(1000))))
                .isEqualTo(hash("bcf77c91ef421c1dff44ba187cdfb2ebccf22d0bb98d6f7ff49e20e8fceda5a1"));
    }

    @Test
    void bytes_are_no_content() {
        var entry = new JournalEntry();
        entry.setAccountId("A1");
        entry.setOccurredAt(Instant.EPOCH);
        entry.setPostings(List.of());
        entry.setContentHash(Accounts.NO_HASH);

        assertThatThrownBy(() -> ContentHash.of(entry)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lists_and_records_within_a_record_are_content() {
        assertThat(ContentHash.of(opened("XETR"))).isNotEqualTo(ContentHash.of(opened("XNYS")));
        assertThat(ContentHash.of(opened("XETR", "XNYS"))).isNotEqualTo(ContentHash.of(opened("XNYS", "XETR")));
        assertThat(ContentHash.of(opened("XETR", "XNYS"))).isNotEqualTo(ContentHash.of(opened("XETR")));

        var quota = Quota.newBuilder().setMaxOpenOrders(5);
        assertThat(ContentHash.of(new SetLimits(quota.build())))
                .isNotEqualTo(
                        ContentHash.of(new SetLimits(quota.setMaxOpenOrders(6).build())))
                .isNotEqualTo(ContentHash.of(
                        new SetQuota("S", quota.setMaxOpenOrders(5).build())));
        assertThat(ContentHash.of(limits(List.of(new NotionalLimit("USD", 1L)), List.of())))
                .isEqualTo(ContentHash.of(limits(List.of(new NotionalLimit("USD", 1L)), List.of())))
                .isNotEqualTo(ContentHash.of(limits(List.of(), List.of(new NotionalLimit("USD", 1L)))))
                .isNotEqualTo(ContentHash.of(limits(List.of(new NotionalLimit("USD", 2L)), List.of())));
    }

    private static OpenAccount opened(String... markets) {
        return new OpenAccount("o", "n", 0, CostMethod.AVERAGE, List.of(markets));
    }

    private static SetLimits limits(List<NotionalLimit> perDay, List<NotionalLimit> ofOrder) {
        return new SetLimits(new Quota(null, null, perDay, ofOrder, List.of()));
    }

    private static Hash hash(String hex) {
        return new Hash(HexFormat.of().parseHex(hex));
    }
}
