package io.bursar.ledger.model;

import static io.bursar.ledger.model.Paper.accepted;
import static io.bursar.ledger.model.Paper.acme;
import static io.bursar.ledger.model.Paper.refused;
import static io.bursar.ledger.model.Paper.suspended;
import static io.bursar.ledger.model.Paper.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Side;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.UpdateAccount;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The model alone, in examples computed by hand. */
class ModelRulesTest {
    private static final int RUNS_ALONE = 40;
    private static final int STEPS_OF_A_RUN = 400;

    private final Paper paper = new Paper();

    @Test
    void a_lot_consumed_in_part_relieves_its_share_rounded_down() {
        paper.open(CostMethod.FIFO, 0);
        paper.deposit("100.00");
        paper.buy("o1", "3", "3.34");
        accepted(paper.fillOfBuy("o1", "e1", "3", "3.34"));
        paper.buy("o2", "1", "5.00");
        accepted(paper.fillOfBuy("o2", "e2", "1", "5.00"));
        paper.sell("s1", "4", "4.00");
        // 10.02 / 3 = 3.34; the half of what is left is 3.34 again.
        accepted(paper.fillOfSell("s1", "e3", "1", "4.00"));
        paper.positionIs("3", "11.68", "0.66", "0");
        // The rest of the first lot, 6.68, and a half of the second, 2.50.
        accepted(paper.fillOfSell("s1", "e4", "2.5", "4.00"));
        paper.positionIs("0.5", "2.50", "1.48", "0");
    }

    @Test
    void a_deposit_with_a_cost_is_a_lot() {
        paper.open(CostMethod.FIFO, 0);
        accepted(paper.ask(new Deposit("ACME", 20_000L, Paper.INSTRUMENT, 3_001L)));
        paper.positionIs("2", "30.01", "0.00", "0");
        paper.sell("s1", "1", "20.00");
        // 15.005 is relieved as 15.00.
        accepted(paper.fillOfSell("s1", "e1", "1", "20.00"));
        paper.positionIs("1", "15.01", "5.00", "0");
    }

    @Test
    void the_bust_of_a_buy_leaves_like_a_sale_at_its_own_price() {
        paper.openWith("1000.00");
        paper.buy("o1", "10", "20.00");
        accepted(paper.fillOfBuy("o1", "e1", "10", "10.00"));
        paper.buy("o2", "10", "20.00");
        var fill = paper.filling("o2", Side.BUY, "e2", "10", "20.00");
        accepted(paper.fill(fill));
        accepted(paper.bust(fill));
        // Half of 300.00 is relieved against 200.00.
        paper.positionIs("10", "150.00", "50.00", "0");
        paper.usdIs("900.00", "0.00");
        paper.acmeIs("10", "0");
        assertThat(paper.order("o2").status).isEqualTo(ModelOrder.Status.FILLED);
        assertThat(paper.order("o2").filledQuantity).isZero();
        assertThat(paper.bust(fill).repeated()).isTrue();
    }

    @Test
    void the_bust_of_a_sale_brings_back_what_it_relieved_as_the_oldest_lot() {
        paper.open(CostMethod.FIFO, 0);
        paper.deposit("1000.00");
        paper.buy("o1", "1", "100.00");
        accepted(paper.fillOfBuy("o1", "e1", "1", "100.00"));
        paper.buy("o2", "1", "200.00");
        accepted(paper.fillOfBuy("o2", "e2", "1", "200.00"));
        paper.sell("s1", "1", "150.00");
        var sale = paper.filling("s1", Side.SELL, "e3", "1", "150.00");
        accepted(paper.fill(sale));
        paper.positionIs("1", "200.00", "50.00", "0");
        accepted(paper.bust(sale));
        paper.positionIs("2", "300.00", "0.00", "0");
        assertThat(paper.position().lots.getFirst().cost()).isEqualTo(usd("100.00"));
    }

    @Test
    void a_bust_needs_the_money_to_be_there() {
        paper.openWith("20.00");
        paper.buy("o1", "1", "20.00");
        var fill = paper.filling("o1", Side.BUY, "e1", "1", "20.00");
        accepted(paper.fill(fill));
        paper.sell("s1", "1", "30.00");
        suspended(paper.bust(fill), "insufficient_for_bust required 10000 available 0 asset ACME strategy ");
    }

    @Test
    void the_bust_of_a_fill_of_an_open_order_lets_its_rest_grow() {
        paper.openWith("200.00");
        paper.buy("o1", "10", "20.00");
        var fill = paper.filling("o1", Side.BUY, "e1", "4", "19.00");
        accepted(paper.fill(fill));
        paper.usdIs("124.00", "120.00");
        accepted(paper.bust(fill));
        assertThat(paper.order("o1").rest()).isEqualTo(acme("10"));
        assertThat(paper.order("o1").status).isEqualTo(ModelOrder.Status.ACTIVE);
        paper.usdIs("200.00", "196.00");
    }

    @Test
    void reduce_only_sells_no_more_than_the_position() {
        paper.openWith("100.00");
        paper.depositAcme("10");
        paper.buy("o1", "3", "20.00");
        accepted(paper.fillOfBuy("o1", "e1", "3", "20.00"));
        paper.sell("s1", "1", "20.00");
        var order = paper.selling("s2", "2.0001", "20.00");
        order.setReduceOnly(true);
        refused(paper.ask(order), "exceeds_position limit 30000 value 30001");
        var fitting = paper.selling("s3", "2", "20.00");
        fitting.setReduceOnly(true);
        accepted(paper.ask(fitting));
    }

    @Test
    void a_quota_counts_orders_of_its_strategy_and_the_limits_count_all() {
        paper.openWith("1000.00");
        accepted(paper.allocate("S", "500.00"));
        accepted(paper.setQuota("S", new Quota(1, null, List.of(), List.of(), List.of())));
        accepted(paper.setLimits(new Quota(2, 3, List.of(), List.of(), List.of())));
        accepted(paper.ask(paper.limit("o1", Side.BUY, "1", "20.00", "S")));
        refused(
                paper.ask(paper.limit("o2", Side.BUY, "1", "20.00", "S")),
                "exceeds_open_orders limit 1 value 2 strategy S");
        paper.buy("o3", "1", "20.00");
        refused(paper.ask(paper.buying("o4", "1", "20.00")), "exceeds_open_orders limit 2 value 3 strategy ");
        accepted(paper.cancel("o3"));
        paper.buy("o5", "1", "20.00");
        accepted(paper.cancel("o5"));
        refused(paper.ask(paper.buying("o6", "1", "20.00")), "exceeds_orders_per_day limit 3 value 4 strategy ");
        paper.letPass(Duration.ofDays(1));
        paper.buy("o7", "1", "20.00");
    }

    @Test
    void the_notional_of_a_day_is_of_orders_of_what_amendments_add_and_of_sales_at_market() {
        paper.openWith("1000.00");
        paper.depositAcme("10");
        accepted(paper.setLimits(new Quota(
                null,
                null,
                List.of(new NotionalLimit("USD", 10_000L)),
                List.of(new NotionalLimit("USD", 6_000L)),
                List.of())));
        refused(paper.ask(paper.buying("o1", "3", "20.01")), "exceeds_order_notional limit 6000 value 6003 strategy ");
        paper.buy("o2", "2", "20.00");
        accepted(paper.amend("o2", "3"));
        accepted(paper.cancel("o2"));
        accepted(paper.ask(new PlaceOrder(
                "s1", Paper.INSTRUMENT, Side.SELL, OrderType.MARKET, 10_000L, null, null, null, "", false)));
        accepted(paper.fillOfSell("s1", "e1", "1", "30.00"));
        refused(
                paper.ask(paper.buying("o3", "1", "10.01")),
                "exceeds_notional_per_day limit 10000 value 10001 strategy ");
        paper.buy("o4", "1", "10.00");
    }

    @Test
    void an_instrument_of_a_market_needs_its_permission() {
        paper.openWith("100.00");
        var order = paper.buying("o1", "1", "20.00");
        order.setInstrument("PIT-USD");
        refused(paper.ask(order), "instrument_not_permitted");
        accepted(paper.ask(new UpdateAccount(null, List.of("PIT"), null)));
        order.setOrderId("o2");
        accepted(paper.ask(order));
    }

    @Test
    void an_update_changes_what_it_names() {
        paper.openWith("100.00");
        accepted(paper.ask(new UpdateAccount(null, null, 500)));
        assertThat(paper.account().name).isEqualTo("name");
        assertThat(paper.account().takerFeeRate).isEqualTo(500);
        refused(
                paper.ask(new UpdateAccount("other", null, 1_000_001)),
                "taker_fee_rate_out_of_range limit 1000000 value 1000001");
        assertThat(paper.account().name).isEqualTo("name");
    }

    @Test
    void a_transfer_arrives() {
        paper.openWith("100.00");
        accepted(paper.ask("B", new OpenAccount("owner", "name", 0, CostMethod.AVERAGE, List.of())));
        accepted(paper.ask("B", new SuspendAccount("review")));
        refused(paper.ask(new Transfer("A", "USD", 1L)), "accounts_must_differ");
        accepted(paper.ask(new Transfer("B", "USD", 4_000L)));
        paper.usdIs("60.00", "0.00");
        refused(paper.ask(new CloseAccount()), "transfers_must_be_settled limit 0 value 1");
        var id = paper.account().onTheirWay.firstKey();
        var arrival = new TransferArrival("A", id, "USD", 2, 4_000L);
        accepted(paper.tell("B", arrival));
        assertThat(paper.tell("B", arrival).repeated()).isTrue();
        assertThat(paper.ledger.account("B").balance("", "USD").total()).isEqualTo(usd("40.00"));
        accepted(paper.tell("A", new TransferOutcome("B", id, null)));
        assertThat(paper.account().onTheirWay).isEmpty();
        paper.usdIs("60.00", "0.00");
    }

    @Test
    void a_transfer_that_is_not_taken_comes_back() {
        paper.openWith("100.00");
        accepted(paper.ask(new Transfer("B", "USD", 4_000L)));
        var id = paper.account().onTheirWay.firstKey();
        refused(paper.tell("B", new TransferArrival("A", id, "USD", 2, 4_000L)), "account_not_found");
        var outcome = new TransferOutcome("B", id, "account_not_found");
        accepted(paper.tell("A", outcome));
        assertThat(paper.tell("A", outcome).repeated()).isTrue();
        paper.usdIs("100.00", "0.00");
        assertThat(paper.account().books.get(new ModelAccount.Key("TRANSIT", "USD")))
                .isEqualTo(BigInteger.ZERO);
    }

    @Test
    void whatever_is_asked_of_it_nobody_owes_and_nothing_comes_from_nowhere() {
        var seeds = new SplittableRandom(7);
        for (int run = 0; run < RUNS_ALONE; run++) {
            var steps = ModelRun.steps(Feature.ALL, seeds.nextLong(), STEPS_OF_A_RUN);
            ModelRun.alone(Feature.ALL, steps, any -> {});
        }
    }
}
