package io.bursar.ledger.model;

import static io.bursar.ledger.model.Paper.accepted;
import static io.bursar.ledger.model.Paper.acme;
import static io.bursar.ledger.model.Paper.refused;
import static io.bursar.ledger.model.Paper.suspended;
import static io.bursar.ledger.model.Paper.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.CostMethod;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model against the worked examples of the rules, by their numbers there. */
class WorkedExamplesTest {
    private static final Duration INSTANT_AFTER = Duration.ofNanos(1_000);

    private final Paper paper = new Paper();

    @Test
    void example_1_an_order_reserves() {
        paper.openWith("100.00");
        paper.buy("o1", "0.1428", "350.00");
        paper.usdIs("100.00", "49.98");
    }

    @Test
    void example_2_what_is_reserved_is_not_available() {
        paper.openWith("100.00");
        paper.buy("o1", "1", "50.00");
        refused(
                paper.ask(paper.buying("o2", "1", "50.01")),
                "insufficient_funds required 5001 available 5000 asset USD strategy ");
    }

    @Test
    void example_3_reserved_rounded_up_settled_rounded_down() {
        paper.openWith("100.00");
        paper.buy("o1", "0.1429", "350.00");
        paper.usdIs("100.00", "50.02");
        accepted(paper.fillOfBuy("o1", "e1", "0.1429", "350.00"));
        paper.usdIs("49.99", "0.00");
        paper.acmeIs("0.1429", "0");
    }

    @Test
    void examples_4_and_5_a_partial_fill_a_cancel_and_the_fill_again() {
        paper.openWith("200.00");
        paper.buy("o1", "10", "20.00");
        var fill = paper.filling("o1", Side.BUY, "e1", "4", "19.00");
        accepted(paper.fill(fill));
        assertThat(paper.order("o1").held).isEqualTo(usd("120.00"));
        accepted(paper.cancel("o1"));
        paper.usdIs("124.00", "0.00");
        var again = paper.fill(fill);
        assertThat(again.repeated()).isTrue();
        assertThat(again.entries()).isEmpty();
        paper.usdIs("124.00", "0.00");
    }

    @Test
    void example_6_a_late_fill_without_the_money() {
        paper.openWith("200.00");
        paper.buy("o1", "10", "20.00");
        accepted(paper.cancel("o1"));
        paper.buy("o2", "8.5", "20.00");
        suspended(
                paper.fillOfBuy("o1", "e1", "2", "20.00"),
                "insufficient_for_late_fill required 4000 available 3000 asset USD strategy ");
    }

    @Test
    void example_7_a_fill_before_its_order() {
        paper.openWith("200.00");
        suspended(paper.fillOfBuy("o1", "e1", "10", "20.00"), "unknown_order");
        assertThat(paper.ask(paper.buying("o1", "10", "20.00")).entries())
                .containsExactly("4 OrderAccepted o1", "5 FillSettled o1 e1 notional 20000 realized 0");
    }

    @Test
    void example_8_an_order_expires_after_seven_days() {
        paper.openWith("200.00");
        paper.buy("o1", "10", "20.00");
        paper.letPass(Duration.ofDays(7).plus(INSTANT_AFTER));
        assertThat(paper.fillOfBuy("o1", "e1", "1", "20.00").entries())
                .containsExactly("4 OrderExpired o1", "5 FillSettled o1 e1 notional 2000 realized 0 late");
        paper.usdIs("180.00", "0.00");
    }

    @Test
    void example_9_thirty_days_are_the_most() {
        paper.openWith("200.00");
        paper.buy("o1", "10", "20.00");
        var latest = Paper.START.plus(Duration.ofDays(30));
        accepted(paper.extend("o1", latest));
        assertThat(paper.extend("o1", latest.plus(INSTANT_AFTER)).refusal().reason())
                .isEqualTo("expiry_exceeds_30_days");
    }

    @Test
    void example_10_average_cost() {
        bought(CostMethod.AVERAGE, "100", "10.00", "20.00");
        paper.sell("s1", "50", "15.00");
        accepted(paper.fillOfSell("s1", "e3", "50", "15.00"));
        paper.positionIs("150", "2250.00", "0.00", "0");
    }

    @Test
    void example_11_the_largest_position() {
        paper.openWith("1000.00");
        paper.buy("o1", "8", "20.00");
        accepted(paper.fillOfBuy("o1", "e1", "8", "20.00"));
        accepted(paper.setLimits(
                new Quota(null, null, List.of(), List.of(), List.of(new PositionLimit(Paper.INSTRUMENT, 100_000L)))));
        refused(
                paper.ask(paper.buying("o2", "2.0001", "20.00")),
                "exceeds_position_limit limit 100000 value 100001 strategy ");
        accepted(paper.ask(paper.buying("o3", "2", "20.00")));
    }

    @Test
    void example_12_what_a_strategy_holds_cannot_be_taken_back() {
        paper.openWith("100.00");
        accepted(paper.allocate("S", "60.00"));
        accepted(paper.ask(paper.limit("o1", Side.BUY, "1", "50.00", "S")));
        refused(paper.allocate("S", "-20.00"), "insufficient_funds required 2000 available 1000 asset USD strategy S");
        paper.usdIs("40.00", "0.00");
    }

    @Test
    void example_13_a_buy_by_notional() {
        paper.openWith("100.00");
        accepted(paper.ask(new PlaceOrder(
                "o1", Paper.INSTRUMENT, Side.BUY, OrderType.MARKET, null, null, 10_000L, null, "", false)));
        var fill = paper.filling("o1", Side.BUY, "e1", "3", "33.33");
        fill.setFinal$(true);
        accepted(paper.fill(fill));
        paper.usdIs("0.01", "0.00");
        assertThat(paper.order("o1").status).isEqualTo(ModelOrder.Status.FILLED);
    }

    @Test
    void example_14_the_fee_reserve() {
        paper.open(CostMethod.AVERAGE, 1_000);
        paper.deposit("1000.00");
        paper.buy("o1", "10", "20.00");
        paper.usdIs("1000.00", "200.20");
        var fill = paper.filling("o1", Side.BUY, "e1", "10", "20.00");
        fill.setFee(10L);
        accepted(paper.fill(fill));
        paper.usdIs("799.90", "0.00");
    }

    @Test
    void example_15_what_was_never_bought_realises_nothing() {
        paper.openWith("1.00");
        paper.depositAcme("1");
        paper.sell("s1", "1", "100.00");
        accepted(paper.fillOfSell("s1", "e1", "1", "100.00"));
        paper.usdIs("101.00", "0.00");
        paper.positionIs("0", "0.00", "0.00", "1");
    }

    @Test
    void example_16_an_overdue_order_holds_nothing_against_a_new_one() {
        paper.openWith("100.00");
        paper.buy("a", "5", "20.00");
        paper.letPass(Duration.ofDays(8));
        assertThat(paper.ask(paper.buying("b", "5", "20.00")).entries())
                .containsExactly("4 OrderExpired a", "5 OrderAccepted b");
    }

    @Test
    void example_17_amendments_of_the_quantity() {
        paper.openWith("200.00");
        paper.buy("o1", "10", "20.00");
        accepted(paper.fillOfBuy("o1", "e1", "4", "20.00"));
        refused(paper.amend("o1", "3"), "quantity_below_filled limit 40000 value 30000");
        accepted(paper.amend("o1", "8"));
        assertThat(paper.order("o1").rest()).isEqualTo(acme("4"));
        assertThat(paper.order("o1").held).isEqualTo(usd("80.00"));
        accepted(paper.amend("o1", "4"));
        assertThat(paper.order("o1").status).isEqualTo(ModelOrder.Status.FILLED);
        paper.usdIs("120.00", "0.00");
    }

    @Test
    void example_18_the_first_rejection_is_answered_again() {
        paper.openWith("10.00");
        var order = paper.buying("o1", "1", "20.00");
        var first = paper.ask(order);
        paper.deposit("100.00");
        var again = paper.ask(order);
        assertThat(again.repeated()).isTrue();
        assertThat(again.refusal()).isEqualTo(first.refusal());
        assertThat(again.sequence()).isEqualTo(first.sequence());
    }

    @Test
    void fifo_and_average_realise_at_different_times() {
        bought(CostMethod.FIFO, "1", "100.00", "200.00");
        paper.sell("s1", "1", "150.00");
        accepted(paper.fillOfSell("s1", "e3", "1", "150.00"));
        paper.positionIs("1", "200.00", "50.00", "0");
        paper.sell("s2", "1", "250.00");
        accepted(paper.fillOfSell("s2", "e4", "1", "250.00"));
        paper.positionIs("0", "0.00", "100.00", "0");
    }

    @Test
    void average_cost_realises_nothing_and_then_all() {
        bought(CostMethod.AVERAGE, "1", "100.00", "200.00");
        paper.sell("s1", "1", "150.00");
        accepted(paper.fillOfSell("s1", "e3", "1", "150.00"));
        paper.positionIs("1", "150.00", "0.00", "0");
        paper.sell("s2", "1", "250.00");
        accepted(paper.fillOfSell("s2", "e4", "1", "250.00"));
        paper.positionIs("0", "0.00", "100.00", "0");
    }

    private void bought(CostMethod method, String quantity, String first, String second) {
        paper.open(method, 0);
        paper.deposit("10000.00");
        paper.buy("o1", quantity, first);
        accepted(paper.fillOfBuy("o1", "e1", quantity, first));
        paper.buy("o2", quantity, second);
        accepted(paper.fillOfBuy("o2", "e2", quantity, second));
    }
}
