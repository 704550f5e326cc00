package io.bursar.service;

import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.schemas.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AccountRoutesTest {
    private final LedgerInstance ledger = new LedgerInstance();
    private final Api api = new Api(ledger);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void an_account_shows_its_life_cycle_and_its_place_in_the_journal() {
        ledger.open("A1", 1_000).deposit("A1", "USD", 100_00).buy("A1", "o1", 1_0000, 10_00);

        assertThat(read("/api/v1/accounts/A1")).isEqualTo(json("""
                {"accountId": "A1", "status": "OPEN", "owner": "Ada", "name": "main", "takerFeeRate": "0.001",
                 "costMethod": "AVERAGE", "marketPermissions": [], "accountTime": "2026-03-02T12:00:00Z", "sequence": 3, "lastHash": "%s",
                 "openOrders": 1, "suspendedFills": 0, "transfersOnTheirWay": 0}
                """.formatted("0".repeat(64))));
    }

    @Test
    void limits_and_quotas_are_shown_with_what_counts_towards_them() {
        ledger.open("A1", 0).deposit("A1", "USD", 100_00);
        assertThat(read("/api/v1/accounts/A1/limits")).isEqualTo(json("{\"accountId\": \"A1\", \"sequence\": 2}"));

        put("/limits", """
                {"maxOrdersPerDay": 5, "maxNotionalPerDay": [{"asset": "USD", "amount": "50.00"}],
                 "maxPosition": [{"instrument": "ABC-USD", "quantity": "2.5"}]}""");
        put("/quotas/s2", "{\"maxOpenOrders\": 3}");
        put("/quotas/s1", "{\"maxOrderNotional\": [{\"asset\": \"USD\", \"amount\": \"9\"}]}");
        post("/api/v1/accounts/A1/orders", """
                {"instrument": "ABC-USD", "side": "BUY", "type": "LIMIT", "quantity": "1", "limitPrice": "10.00"}""");

        var limits = read("/api/v1/accounts/A1/limits").get("limits");
        var today = limits.at("/used/day").textValue();
        assertThat(limits).isEqualTo(json("""
                {"maxOrdersPerDay": 5, "maxNotionalPerDay": [{"asset": "USD", "amount": "50.00"}],
                 "maxOrderNotional": [], "maxPosition": [{"instrument": "ABC-USD", "quantity": "2.5000"}],
                 "used": {"openOrders": 1, "day": "%s", "orders": 1, "notional": [{"asset": "USD", "amount": "10.00"}],
                          "buying": [{"instrument": "ABC-USD", "quantity": "1.0000"}]}}""".formatted(today)));
        var first = read("/api/v1/accounts/A1/quotas?limit=1");
        assertThat(first.at("/quotas/0")).isEqualTo(json("""
                {"strategy": "s1", "maxNotionalPerDay": [], "maxPosition": [],
                 "maxOrderNotional": [{"asset": "USD", "amount": "9.00"}],
                 "used": {"openOrders": 0, "day": "%s", "orders": 0, "notional": [], "buying": []}}""".formatted(today)));
        var rest = read(
                "/api/v1/accounts/A1/quotas?cursor=" + first.get("nextCursor").textValue());
        assertThat(rest.get("quotas").findValuesAsText("strategy")).containsExactly("s2");
        assertThat(rest.has("nextCursor")).isFalse();
    }

    @Test
    void lots_are_shown_the_oldest_first() {
        post("/api/v1/accounts", """
                {"accountId": "A1", "owner": "Ada", "name": "main", "costMethod": "FIFO"}""");
        post("/api/v1/accounts/A1/deposits", """
                {"asset": "ABC", "amount": "2", "instrument": "ABC-USD", "costBasis": "20.00"}""");
        post("/api/v1/accounts/A1/deposits", """
                {"asset": "ABC", "amount": "0.5", "instrument": "ABC-USD", "costBasis": "6.00"}""");

        var first = read("/api/v1/accounts/A1/positions/ABC-USD/lots?limit=1");
        var rest = read("/api/v1/accounts/A1/positions/ABC-USD/lots?limit=1&cursor="
                + first.get("nextCursor").textValue());
        assertThat(first.get("lots"))
                .isEqualTo(json("[{\"number\": 0, \"quantity\": \"2.0000\", \"cost\": \"20.00\"}]"));
        assertThat(rest).isEqualTo(json("""
                {"accountId": "A1", "sequence": 3, "strategy": "", "instrument": "ABC-USD", "baseAsset": "ABC",
                 "quoteAsset": "USD", "lots": [{"number": 1, "quantity": "0.5000", "cost": "6.00"}]}"""));
        assertThat(read("/api/v1/accounts/A1/positions/ABC-USD/lots?strategy=s1")
                        .get("lots"))
                .isEmpty();
        assertThat(api.get("/api/v1/accounts/A1/positions/NIL-USD/lots").statusCode())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/accounts/A1/positions/ABC-USD/lots?cursor=x")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void transfers_are_shown_until_they_have_arrived() {
        ledger.open("A1", 0).open("B1", 0).deposit("A1", "USD", 100_00);
        var sent = post("/api/v1/accounts/A1/transfers", """
                {"toAccountId": "B1", "asset": "USD", "amount": "20"}""");

        assertThat(read("/api/v1/accounts/A1/transfers"))
                .isEqualTo(json("""
                {"accountId": "A1", "sequence": 3,
                 "transfers": [{"transferId": "%s", "toAccountId": "B1", "asset": "USD", "amount": "20.00"}]}""".formatted(sent.get("commandId").textValue())));
        assertThat(read("/api/v1/accounts/A1").get("transfersOnTheirWay").intValue())
                .isEqualTo(1);
    }

    private void put(String path, String body) {
        var answer = api.send("PUT", "/api/v1/accounts/A1" + path, body, "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode post(String path, String body) {
        var answer = api.send("POST", path, body, "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    @Test
    void balances_are_decimal_text_in_whole_units() {
        ledger.open("A1", 0)
                .deposit("A1", "USD", 100_05)
                .deposit("A1", "ETH", 1)
                .buy("A1", "o1", 2_0000, 10_00);

        assertThat(read("/api/v1/accounts/A1/balances")).isEqualTo(json("""
                {"accountId": "A1", "sequence": 4, "balances": [
                  {"strategy": "", "asset": "USD", "total": "100.05", "reserved": "20.00", "available": "80.05"},
                  {"strategy": "", "asset": "ETH", "total": "0.000000000000000001", "reserved": "0.000000000000000000",
                   "available": "0.000000000000000001"}]}
                """));
    }

    @Test
    void an_account_without_money_has_no_balances_and_no_positions() {
        ledger.open("A1", 0);

        assertThat(read("/api/v1/accounts/A1/balances").get("balances")).isEmpty();
        assertThat(read("/api/v1/accounts/A1/positions").get("positions")).isEmpty();
    }

    @Test
    void positions_show_cost_and_average_cost() {
        ledger.open("A1", 0)
                .deposit("A1", "USD", 1_000_00)
                .buy("A1", "o1", 8_0000, 10_01)
                .fill("A1", "o1", Side.BUY, 8_0000, 10_01, 1);

        assertThat(read("/api/v1/accounts/A1/positions")).isEqualTo(json("""
                {"accountId": "A1", "sequence": 4, "positions": [
                  {"strategy": "", "instrument": "ABC-USD", "quantity": "8.0000", "baseAsset": "ABC",
                   "costBasis": "80.08", "quoteAsset": "USD", "averageCost": "10.01", "realizedPnl": "0.00",
                   "uncoveredQuantity": "0.0000", "feesPaid": [{"asset": "USD", "amount": "0.01"}]}]}
                """));
    }

    @Test
    void an_average_cost_with_endless_decimals_is_left_out() {
        ledger.open("A1", 0)
                .deposit("A1", "USD", 1_000_00)
                .buy("A1", "o1", 3_0000, 10_00)
                .fill("A1", "o1", Side.BUY, 1_0000, 10_00, 0)
                .fill("A1", "o1", Side.BUY, 2_0000, 9_99, 0);

        var position = read("/api/v1/accounts/A1/positions").get("positions").get(0);
        assertThat(position.get("costBasis").textValue()).isEqualTo("29.98");
        assertThat(position.has("averageCost")).isFalse();
    }

    @Test
    void a_closed_position_has_no_average_cost() {
        ledger.open("A1", 0)
                .deposit("A1", "USD", 1_000_00)
                .buy("A1", "o1", 1_0000, 10_00)
                .fill("A1", "o1", Side.BUY, 1_0000, 10_00, 0)
                .sell("A1", "o2", 1_0000, 12_00)
                .fill("A1", "o2", Side.SELL, 1_0000, 12_00, 0);

        var position = read("/api/v1/accounts/A1/positions").get("positions").get(0);
        assertThat(position.get("quantity").textValue()).isEqualTo("0.0000");
        assertThat(position.get("realizedPnl").textValue()).isEqualTo("2.00");
        assertThat(position.has("averageCost")).isFalse();
    }

    @Test
    void a_position_is_worth_what_a_sale_at_the_given_price_would_bring() {
        ledger.open("A1", 0)
                .deposit("A1", "USD", 1_000_00)
                .buy("A1", "o1", 1_0001, 10_00)
                .fill("A1", "o1", Side.BUY, 1_0001, 10_00, 0);

        var position = read("/api/v1/accounts/A1/positions?prices=XYZ-USD:1,ABC-USD:9.9999")
                .get("positions")
                .get(0);

        assertThat(position.get("costBasis").textValue()).isEqualTo("10.00");
        assertThat(position.get("price").textValue()).isEqualTo("9.9999");
        // 1.0001 × 9.9999 = 10.00089999
        assertThat(position.get("marketValue").textValue()).isEqualTo("10.00");
        assertThat(position.get("unrealizedPnl").textValue()).isEqualTo("0.00");
        assertThat(read("/api/v1/accounts/A1/positions?prices=ABC-USD:8")
                        .get("positions")
                        .get(0)
                        .get("unrealizedPnl")
                        .textValue())
                .isEqualTo("-2.00");
        assertThat(read("/api/v1/accounts/A1/positions?prices=XYZ-USD:1")
                        .get("positions")
                        .get(0)
                        .has("price"))
                .isFalse();
    }

    @Test
    void open_orders_show_what_they_hold() {
        ledger.open("A1", 1_000)
                .deposit("A1", "USD", 1_000_00)
                .buy("A1", "o1", 10_0000, 10_00)
                .fill("A1", "o1", Side.BUY, 4_0000, 9_00, 0);

        assertThat(read("/api/v1/accounts/A1/orders?status=open")).isEqualTo(json("""
                {"accountId": "A1", "sequence": 4, "truncated": false, "orders": [
                  {"orderId": "o1", "strategy": "", "instrument": "ABC-USD", "baseAsset": "ABC", "quoteAsset": "USD",
                   "side": "BUY", "type": "LIMIT", "quantity": "10.0000", "limitPrice": "10.00", "held": "60.06",
                   "heldAsset": "USD", "filledQuantity": "4.0000", "filledNotional": "36.00",
                   "status": "PARTIALLY_FILLED", "placedAt": "2026-03-02T12:00:00Z",
                   "expiresAt": "2026-03-09T12:00:00Z", "suspendedFills": 0, "decidedSequence": 3}]}
                """));
    }

    @Test
    void an_order_to_sell_holds_the_base_asset_and_one_by_notional_the_quote_asset() {
        ledger.open("A1", 0)
                .deposit("A1", "USD", 50_00)
                .deposit("A1", "ABC", 5_0000)
                .sell("A1", "o1", 2_0000, 10_00)
                .spend("A1", "o2", 50_00);

        var orders = read("/api/v1/accounts/A1/orders").get("orders");
        assertThat(orders).hasSize(2);
        assertThat(orders.get(0).get("held").textValue()).isEqualTo("2.0000");
        assertThat(orders.get(0).get("heldAsset").textValue()).isEqualTo("ABC");
        assertThat(orders.get(1).get("notional").textValue()).isEqualTo("50.00");
        assertThat(orders.get(1).get("held").textValue()).isEqualTo("50.00");
        assertThat(orders.get(1).get("heldAsset").textValue()).isEqualTo("USD");
        assertThat(orders.get(1).has("quantity")).isFalse();
        assertThat(orders.get(1).has("limitPrice")).isFalse();
    }

    @Test
    void a_list_says_when_there_is_more() {
        ledger.open("A1", 0).deposit("A1", "USD", 100_00);
        for (int i = 0; i < 3; i++) {
            ledger.buy("A1", "o" + i, 1_0000, 10_00);
        }

        var two = read("/api/v1/accounts/A1/orders?limit=2");
        assertThat(two.get("orders")).hasSize(2);
        assertThat(two.get("truncated").booleanValue()).isTrue();
        var three = read("/api/v1/accounts/A1/orders?limit=3");
        assertThat(three.get("orders")).hasSize(3);
        assertThat(three.get("truncated").booleanValue()).isFalse();
    }

    @Test
    void a_rejected_order_says_why_in_numbers_and_in_words() {
        ledger.open("A1", 0).deposit("A1", "USD", 5_00).buy("A1", "o1", 1_0000, 10_00);

        var order = read("/api/v1/accounts/A1/orders/o1");
        assertThat(order.get("accountId").textValue()).isEqualTo("A1");
        assertThat(order.get("sequence").longValue()).isEqualTo(3);
        assertThat(order.get("orderId").textValue()).isEqualTo("o1");
        assertThat(order.get("status").textValue()).isEqualTo("REJECTED");
        assertThat(order.get("held").textValue()).isEqualTo("0.00");
        assertThat(order.get("rejection")).isEqualTo(json("""
                {"reason": "insufficient_funds", "required": "10.00", "available": "5.00", "asset": "USD",
                 "strategy": "", "detail": "required 10.00 USD, available 5.00"}
                """));
    }

    @Test
    void a_rejection_by_a_bound_says_the_bound_and_the_value() {
        ledger.open("A1", 0).deposit("A1", "USD", 5_00).buy("A1", "o1", -7, 10_00);

        assertThat(read("/api/v1/accounts/A1/orders/o1").get("rejection")).isEqualTo(json("""
                {"reason": "quantity_must_be_positive", "limit": "1", "value": "-7", "detail": "limit 1, given -7"}
                """));
    }

    @Test
    void an_order_that_was_rejected_before_its_instrument_was_looked_up_has_its_amounts_all_the_same() {
        ledger.open("A1", 0).suspend("A1").buy("A1", "o1", 1_0000, 10_00);

        var order = read("/api/v1/accounts/A1/orders/o1");
        assertThat(order.get("rejection").get("reason").textValue()).isEqualTo("account_is_suspended");
        assertThat(order.get("quantity").textValue()).isEqualTo("1.0000");
        assertThat(order.has("unscaled")).isFalse();
    }

    @Test
    void numbers_without_a_known_scale_are_not_shown_as_amounts() {
        ledger.open("A1", 0).suspend("A1").buy("A1", "o1", 1_0000, 10_00).forget("ABC-USD");

        var order = read("/api/v1/accounts/A1/orders/o1");
        assertThat(order.get("unscaled")).isEqualTo(json("""
                {"quantity": "10000", "limitPrice": "1000"}
                """));
        assertThat(order.has("quantity")).isFalse();
        assertThat(order.has("limitPrice")).isFalse();
        assertThat(order.has("held")).isFalse();
    }

    @Test
    void suspended_fills_show_the_fill_and_why_it_waits() {
        ledger.open("A1", 0).fill("A1", "o9", Side.SELL, 1_5000, 10_00, -2);

        assertThat(read("/api/v1/accounts/A1/suspended-fills")).isEqualTo(json("""
                {"accountId": "A1", "sequence": 2, "truncated": false, "suspendedFills": [
                  {"sequence": 2, "occurredAt": "2026-03-02T12:00:00Z", "executionId": "e2", "orderId": "o9",
                   "instrument": "ABC-USD", "baseAsset": "ABC", "quoteAsset": "USD", "side": "SELL",
                   "quantity": "1.5000", "price": "10.00", "fee": "-0.02", "feeAsset": "USD",
                   "liquidity": "UNKNOWN", "final": false, "venue": "XNAS",
                   "rejection": {"reason": "unknown_order"}}]}
                """));
    }

    @Test
    void a_suspended_fill_of_an_unknown_instrument_shows_its_numbers_as_they_came() {
        ledger.open("A1", 0).fill("A1", "o9", "XYZ-USD", Side.BUY, 15, 20, 0);

        var fill = read("/api/v1/accounts/A1/suspended-fills")
                .get("suspendedFills")
                .get(0);
        assertThat(fill.get("rejection").get("reason").textValue()).isEqualTo("instrument_not_found");
        assertThat(fill.get("unscaled")).isEqualTo(json("""
                {"quantity": "15", "price": "20", "fee": "0"}
                """));
        assertThat(fill.has("quantity")).isFalse();
    }

    @Test
    void the_list_of_suspended_fills_says_when_there_is_more() {
        ledger.open("A1", 0).fill("A1", "o9", Side.BUY, 1, 1, 0).fill("A1", "o9", Side.BUY, 1, 1, 0);

        var fills = read("/api/v1/accounts/A1/suspended-fills?limit=1");
        assertThat(fills.get("suspendedFills")).hasSize(1);
        assertThat(fills.get("truncated").booleanValue()).isTrue();
    }

    @Test
    void fills_of_an_account_that_was_never_opened_can_be_seen_and_the_account_cannot() {
        ledger.fill("A9", "o9", Side.BUY, 1_0000, 10_00, 0);

        var fills = read("/api/v1/accounts/A9/suspended-fills").get("suspendedFills");
        assertThat(fills.get(0).get("rejection").get("reason").textValue()).isEqualTo("account_not_found");
        assertThat(api.get("/api/v1/accounts/A9").statusCode()).isEqualTo(404);
    }

    @Test
    void a_snapshot_shows_in_one_answer_what_the_lists_show_one_by_one() {
        ledger.open("A1", 1_000)
                .deposit("A1", "USD", 1_000_00)
                .buy("A1", "o1", 10_0000, 10_00)
                .fill("A1", "o1", Side.BUY, 4_0000, 9_00, 0)
                .fill("A1", "o9", Side.SELL, 1_5000, 10_00, -2);

        var snapshot = read("/api/v1/accounts/A1/snapshot");
        assertThat(snapshot.get("account")).isEqualTo(read("/api/v1/accounts/A1"));
        assertThat(snapshot.get("truncated").booleanValue()).isFalse();
        for (var list : new String[] {"balances", "positions", "orders"}) {
            assertThat(snapshot.get(list))
                    .isNotEmpty()
                    .isEqualTo(read("/api/v1/accounts/A1/" + list).get(list));
        }
        assertThat(snapshot.get("suspendedFills"))
                .isNotEmpty()
                .isEqualTo(read("/api/v1/accounts/A1/suspended-fills").get("suspendedFills"));
    }

    @Test
    void a_snapshot_says_when_there_is_more_and_shows_accounts_that_were_never_opened() {
        ledger.fill("A9", "o9", Side.BUY, 1, 1, 0).fill("A9", "o9", Side.BUY, 1, 1, 0);

        var snapshot = read("/api/v1/accounts/A9/snapshot?limit=1");
        assertThat(snapshot.get("account").get("status").textValue()).isEqualTo("UNOPENED");
        assertThat(snapshot.get("suspendedFills")).hasSize(1);
        assertThat(snapshot.get("truncated").booleanValue()).isTrue();
        assertThat(api.get("/api/v1/accounts/A8/snapshot").statusCode()).isEqualTo(404);
    }

    private JsonNode read(String path) {
        var response = api.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Api.header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(Api.header(response, "Cache-Control")).isEqualTo("no-store");
        return json(response);
    }
}
