package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.JournalFold;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Side;
import io.bursar.schemas.TradeParty;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TradeSplittingTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    private final LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_trade_becomes_one_fill_for_each_side_with_all_that_it_says() {
        var buyer = new TradeParty("B", "b1", 3L, "EUR", Liquidity.TAKER, true);
        var seller = new TradeParty("S", "s1", -2L, null, Liquidity.MAKER, false);

        ledger.send(Ask.trade("t1", T0, 5_0000, 20_00, buyer, seller));

        assertThat(ledger.journal().stream().map(TradeSplittingTest::fill))
                .containsExactly(
                        new Fill(
                                "t1:B",
                                "B",
                                "b1",
                                "ABC-USD",
                                Side.BUY,
                                5_0000L,
                                20_00L,
                                3L,
                                "EUR",
                                Liquidity.TAKER,
                                true,
                                null,
                                "t1",
                                T0,
                                FillKind.NEW),
                        new Fill(
                                "t1:S",
                                "S",
                                "s1",
                                "ABC-USD",
                                Side.SELL,
                                5_0000L,
                                20_00L,
                                -2L,
                                null,
                                Liquidity.MAKER,
                                false,
                                null,
                                "t1",
                                T0,
                                FillKind.NEW));
    }

    @Test
    void both_sides_settle_and_what_passes_between_them_adds_up_to_nothing() {
        fund("B", "USD", 100_00);
        fund("S", "ABC", 5_0000);
        ledger.send(Ask.buy("b1", "B", T0, 5_0000, 20_00));
        ledger.send(Ask.sell("s1", "S", T0, 5_0000, 19_00));

        ledger.send(Ask.trade("t1", T0, 5_0000, 20_00, Ask.party("B", "b1"), Ask.party("S", "s1")));

        assertThat(clearing(ledger.journal())).containsExactlyInAnyOrderEntriesOf(Map.of("USD", 0L, "ABC", 0L));
        assertThat(ledger.reader().order("B", "b1").getStatus()).isEqualTo(OrderStatus.FILLED);
        assertThat(ledger.reader().order("S", "s1").getStatus()).isEqualTo(OrderStatus.FILLED);
        assertThat(available("B", "ABC")).isEqualTo(5_0000);
        assertThat(available("S", "USD")).isEqualTo(100_00);
        assertThat(ledger.counted("trade_settled_total")).isEqualTo(2);
    }

    @Test
    void settled_legs_are_counted_whoever_split_the_trade_and_other_fills_are_not() {
        fund("B", "USD", 100_00);
        ledger.send(Ask.buy("b1", "B", T0, 3_0000, 20_00));

        ledger.send(Ask.trade("t1", T0, 1_0000, 20_00, Ask.party("B", "b1"), Ask.party("S", "unknown")));
        assertThat(ledger.counted("trade_settled_total"))
                .as("the other leg waits")
                .isEqualTo(1);
        ledger.send(Ask.fill("e1", "b1", "B", T0, Side.BUY, 1_0000, 20_00)
                .setTradeId("of-the-venue")
                .build());
        assertThat(ledger.counted("trade_settled_total")).isEqualTo(2);
        ledger.send(Ask.bought("e2", "b1", "B", T0, 1_0000, 20_00));

        assertThat(ledger.counted("trade_settled_total")).isEqualTo(2);
        assertThat(ledger.counted("reservation_settled_total")).isEqualTo(3);
    }

    @Test
    void both_sides_may_be_the_same_account() {
        fund("A", "USD", 100_00);
        ledger.send(Ask.deposit("more", "A", T0, "ABC", 5_0000));
        ledger.send(Ask.buy("b1", "A", T0, 5_0000, 20_00));
        ledger.send(Ask.sell("s1", "A", T0, 5_0000, 20_00));

        ledger.send(Ask.trade("t1", T0, 5_0000, 20_00, Ask.party("A", "b1"), Ask.party("A", "s1")));

        assertThat(ledger.journal().stream().map(JournalFold::kind).toList()).endsWith("FillSettled", "FillSettled");
        assertThat(available("A", "USD")).isEqualTo(100_00);
        assertThat(available("A", "ABC")).isEqualTo(5_0000);
        assertThat(ledger.reader().account("A").getOpenOrders()).isZero();
    }

    @Test
    void a_trade_sent_twice_settles_once() {
        fund("B", "USD", 200_00);
        fund("S", "ABC", 10_0000);
        ledger.send(Ask.buy("b1", "B", T0, 10_0000, 20_00));
        ledger.send(Ask.sell("s1", "S", T0, 10_0000, 20_00));
        var trade = Ask.trade("t1", T0, 5_0000, 20_00, Ask.party("B", "b1"), Ask.party("S", "s1"));

        ledger.send(trade);
        ledger.send(trade);

        assertThat(available("B", "ABC")).isEqualTo(5_0000);
        assertThat(ledger.counted("repeats_total")).isEqualTo(2);
        assertThat(ledger.counted("trade_settled_total")).isEqualTo(2);
    }

    @Test
    void a_trade_id_of_full_length_makes_execution_ids_that_are_still_well_formed() {
        var id = "t".repeat(64);

        ledger.send(Ask.trade(id, T0, 5_0000, 20_00, Ask.party("B", "b1"), Ask.party("S", "s1")));

        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.journal().stream().map(entry -> fill(entry).getExecutionId()))
                .containsExactly(id + ":B", id + ":S");
    }

    private void fund(String account, String asset, long amount) {
        ledger.send(Ask.open(account, T0));
        ledger.send(Ask.deposit("fund", account, T0, asset, amount));
    }

    private long available(String account, String asset) {
        return Accounts.available(ledger.reader().account(account), "", asset);
    }

    private static Fill fill(JournalEntry entry) {
        return switch (entry.getBody()) {
            case FillSuspended suspended -> suspended.getFill();
            case FillSettled settled -> settled.getFill();
            default -> throw new AssertionError("no fill: " + entry);
        };
    }

    private static Map<String, Long> clearing(List<JournalEntry> entries) {
        Map<String, Long> sums = new HashMap<>();
        for (var entry : entries) {
            for (var posting : entry.getPostings()) {
                if (posting.getLedgerAccount() == LedgerAccount.CLEARING) {
                    sums.merge(posting.getAsset(), posting.getAmount(), Math::addExact);
                }
            }
        }
        return sums;
    }
}
