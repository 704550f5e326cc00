package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.schemas.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists that go on, the reference data, and answers that are waited for. */
final class ListsTest {
    private final LedgerInstance ledger = new LedgerInstance().open("A1", 0).deposit("A1", "USD", 100_00);
    private final Api api = new Api(ledger);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void open_orders_go_on_after_the_last_one_of_the_page_before() {
        for (int order = 1; order <= 5; order++) {
            ledger.buy("A1", "o" + order, 1_0000, 1_00);
        }

        assertThat(orderIds("status=open", 2)).containsExactly("o1", "o2", "o3", "o4", "o5");
        assertThat(orderIds("status=open", 5)).containsExactly("o1", "o2", "o3", "o4", "o5");
        var first = read("/api/v1/accounts/A1/orders?limit=2");
        assertThat(first.get("truncated").booleanValue()).isTrue();
        assertThat(first.get("nextCursor").textValue()).isNotEmpty();
    }

    @Test
    void orders_of_every_status_are_listed_by_id() {
        ledger.buy("A1", "o2", 1_0000, 1_00)
                .buy("A1", "o1", 1_0000, 1_00)
                .buy("A1", "o3", 1_0000, 1_000_000_00)
                .fill("A1", "o1", Side.BUY, 1_0000, 1_00, 0);

        var all = read("/api/v1/accounts/A1/orders?status=all");
        assertThat(all.get("orders").findValuesAsText("orderId")).containsExactly("o1", "o2", "o3");
        assertThat(all.get("orders").findValuesAsText("status")).containsExactly("FILLED", "ACTIVE", "REJECTED");
        assertThat(all.has("nextCursor")).isFalse();
        assertThat(all.get("truncated").booleanValue()).isFalse();
        assertThat(orderIds("status=all", 1)).containsExactly("o1", "o2", "o3");
    }

    @Test
    void the_cursor_of_one_list_is_not_taken_for_another_one() {
        ledger.buy("A1", "o1", 1_0000, 1_00).buy("A1", "o2", 1_0000, 1_00);
        var cursor =
                read("/api/v1/accounts/A1/orders?limit=1").get("nextCursor").textValue();

        var response = api.get("/api/v1/accounts/A1/orders?status=all&cursor=" + cursor);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("field").textValue()).isEqualTo("cursor");
    }

    @Test
    void assets_and_instruments_are_listed_by_id_and_found() {
        assertThat(read("/api/v1/assets")).isEqualTo(json("""
                {"assets": [{"asset": "ABC", "scale": 4}, {"asset": "ETH", "scale": 18}, {"asset": "USD", "scale": 2}]}
                """));
        assertThat(read("/api/v1/assets/USD")).isEqualTo(json("{\"asset\": \"USD\", \"scale\": 2}"));
        var first = read("/api/v1/instruments?limit=1");
        assertThat(first.get("instruments")).isEqualTo(json("""
                [{"instrument": "ABC-USD", "baseAsset": "ABC", "quoteAsset": "USD", "priceScale": 2}]
                """));
        var second = read(
                "/api/v1/instruments?limit=1&cursor=" + first.get("nextCursor").textValue());
        assertThat(second.get("instruments").findValuesAsText("instrument")).containsExactly("ETH-USD");
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(read("/api/v1/instruments/ETH-USD").get("quoteAsset").textValue())
                .isEqualTo("USD");
    }

    @Test
    void what_is_not_listed_is_not_found() {
        var asset = api.get("/api/v1/assets/DOGE");
        assertThat(asset.statusCode()).isEqualTo(404);
        assertThat(json(asset).get("reason").textValue()).isEqualTo("asset_not_found");
        assertThat(json(api.get("/api/v1/instruments/DOGE-USD")).get("reason").textValue())
                .isEqualTo("instrument_not_found");
    }

    @Test
    void a_sequence_that_has_come_is_not_waited_for() {
        assertThat(read("/api/v1/accounts/A1/balances?min-sequence=2")
                        .get("sequence")
                        .longValue())
                .isEqualTo(2);
    }

    @Test
    void a_sequence_that_is_to_come_is_waited_for() throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> read("/api/v1/accounts/A1/balances?min-sequence=3"));
        Thread.sleep(100);
        assertThat(answer).isNotDone();

        ledger.deposit("A1", "USD", 1);

        assertThat(answer.get().get("sequence").longValue()).isEqualTo(3);
    }

    @Test
    void an_account_that_is_opened_while_it_is_waited_for_is_found() throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> read("/api/v1/accounts/A2?min-sequence=1"));
        Thread.sleep(100);

        ledger.open("A2", 0);

        assertThat(answer.get().get("accountId").textValue()).isEqualTo("A2");
    }

    @Test
    void a_sequence_that_does_not_come_is_told() {
        var response = api.get("/api/v1/accounts/A1/orders?min-sequence=4");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("reason").textValue()).isEqualTo("sequence_not_reached");
        assertThat(json(response).get("detail").textValue())
                .isEqualTo("account A1 is at sequence 2, and min-sequence 4 has not come within 5 s");
        assertThat(header(response, "Retry-After")).isEqualTo("1");
    }

    @Test
    void without_a_database_nothing_is_said_of_the_past() {
        for (var path :
                List.of("/trades", "/journal", "/balances?as-of-sequence=1", "/balances?as-of=2026-03-02T12:00:00Z")) {
            var response = api.get("/api/v1/accounts/A1" + path);
            assertThat(response.statusCode()).as(path).isEqualTo(501);
            assertThat(json(response).get("reason").textValue()).isEqualTo("no_database");
            assertThat(json(response).get("detail").textValue()).contains("postgres.url");
        }
    }

    @Test
    void balances_of_a_time_past_are_asked_for_in_one_way() {
        for (var query : List.of(
                "as-of-sequence=1&as-of=2026-03-02T12:00:00Z",
                "as-of-sequence=1&stale=allow",
                "as-of=yesterday",
                "as-of=1969-12-31T23:59:59Z",
                "as-of-sequence=x")) {
            assertThat(api.get("/api/v1/accounts/A1/balances?" + query).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    private List<String> orderIds(String query, int limit) {
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var answer = read("/api/v1/accounts/A1/orders?" + query + "&limit=" + limit + cursor);
            found.addAll(answer.get("orders").findValuesAsText("orderId"));
            cursor = answer.has("nextCursor")
                    ? "&cursor=" + answer.get("nextCursor").textValue()
                    : null;
        } while (cursor != null);
        return found;
    }

    private JsonNode read(String path) {
        var response = api.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }
}
