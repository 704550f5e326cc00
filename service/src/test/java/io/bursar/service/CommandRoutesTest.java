package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.topology.UnavailableException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as they come over HTTP, decided by the real ledger on accounts in memory. */
final class CommandRoutesTest {
    private static final String LIMIT_BUY =
            "{'orderId': 'o1', 'instrument': 'ABC-USD', 'side': 'BUY', 'type': 'LIMIT', 'quantity': '2', 'limitPrice': '9.00'}";

    private final LedgerInstance ledger = new LedgerInstance();
    private final Api api = new Api(ledger);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void an_account_is_opened_and_named_in_the_answer() {
        var opened = post("/accounts", "{'accountId': 'A1', 'owner': 'Ada', 'name': 'main', 'takerFeeRate': '0.0015'}");

        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(header(opened, "Location")).isEqualTo("/api/v1/accounts/A1");
        assertThat(json(opened).get("outcome").textValue()).isEqualTo("accepted");
        assertThat(json(opened).get("sequence").longValue()).isEqualTo(1);
        assertThat(json(opened).get("commandId").textValue()).isEqualTo(header(opened, "Idempotency-Key"));
        assertThat(json(api.get("/api/v1/accounts/A1")).get("takerFeeRate").textValue())
                .isEqualTo("0.0015");
    }

    @Test
    void money_in_whole_units_is_exact_in_the_assets_own() {
        openWith("100.01");

        assertThat(post("/accounts/A1/deposits", "{'asset': 'ETH', 'amount': '0.000000000000000001'}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(balance("USD", "total")).isEqualTo("100.01");
        assertThat(balance("ETH", "total")).isEqualTo("0.000000000000000001");
    }

    @ParameterizedTest
    @CsvSource({
        "'{''asset'': ''USD'', ''amount'': ''1.005''}', field_invalid, amount, 1.005",
        "'{''asset'': ''USD'', ''amount'': 1.5}', field_invalid, amount, 1.5",
        "'{''asset'': ''USD'', ''amount'': ''1e3''}', field_invalid, amount, 1e3",
        "'{''asset'': ''USD'', ''amount'': ''92233720368547758.08''}', field_invalid, amount, 92233720368547758.08",
        "'{''asset'': ''USD'', ''amount'': ''''}', field_invalid, amount, ''",
        "'{''asset'': ''U D'', ''amount'': ''1''}', field_invalid, asset, U D",
        "'{''asset'': 7, ''amount'': ''1''}', field_invalid, asset, 7",
        "'{''asset'': ''USD''}', field_missing, amount, ",
        "'{''asset'': ''USD'', ''amount'': null}', field_missing, amount, ",
        "'{''asset'': ''USD'', ''amount'': ''1'', ''amout'': ''1''}', field_unknown, amout, ",
        "'{''asset'': ''USD'', ''amount'': ''1'', ''costBasis'': ''1''}', field_invalid, instrument, ''",
        "'[]', field_invalid, body, []",
    })
    void a_field_that_does_not_fit_is_refused_by_name_and_nothing_is_sent(
            String body, String reason, String field, String value) {
        openWith("100.00");

        var refused = post("/accounts/A1/deposits", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("reason").textValue()).isEqualTo(reason);
        assertThat(json(refused).get("field").textValue()).isEqualTo(field);
        assertThat(json(refused).path("value").textValue()).isEqualTo(value);
        assertThat(json(api.get("/api/v1/accounts/A1")).get("sequence").longValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'{''asset'': ''USD'', ''asset'': ''USD'', ''amount'': ''1''}', 400, body_is_no_json",
        "'{''asset'': ''USD'', ''amount'': ''1''} {}', 400, body_is_no_json",
        "'{''asset''', 400, body_is_no_json",
        "'[[[[[[[[[[[[[[1]]]]]]]]]]]]]]', 400, body_is_no_json",
    })
    void a_body_that_is_no_json_is_refused(String body, int status, String reason) {
        var refused = post("/accounts/A1/deposits", body);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).get("reason").textValue()).isEqualTo(reason);
        assertThat(refused.body()).doesNotContain("com.fasterxml", "\\tat ");
    }

    @Test
    void another_media_type_is_refused() {
        var refused = api.send("POST", "/api/v1/accounts/A1/deposits", "x=1", "Content-Type", "text/plain");

        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(json(refused).get("detail").textValue())
                .isEqualTo("Content-Type is 'text/plain': it must be application/json");
    }

    @Test
    void a_refusal_has_its_reason_and_its_numbers() {
        openWith("10.00");

        var refused = post("/accounts/A1/orders", LIMIT_BUY);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(refused)).isEqualTo(json("""
                {"type": "about:blank", "title": "Unprocessable Content", "status": 422,
                 "detail": "insufficient funds: required 18.00 USD, available 10.00",
                 "reason": "insufficient_funds", "accountId": "A1", "commandId": "o1", "sequence": 3,
                 "required": "18.00", "available": "10.00", "asset": "USD", "strategy": ""}
                """));
    }

    @Test
    void what_contradicts_what_is_there_is_a_conflict() {
        openWith("10.00");

        var again = post("/accounts", "{'accountId': 'A1', 'owner': 'Ada', 'name': 'other'}");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).get("reason").textValue()).isEqualTo("account_already_exists");
    }

    @Test
    void a_repeat_gets_the_first_answer_and_changes_nothing() {
        openWith("10.00");
        var body = "{'asset': 'USD', 'amount': '5.00'}";

        var first = send("POST", "/accounts/A1/deposits", body, "Idempotency-Key", "d-1");
        var second = send("POST", "/accounts/A1/deposits", body, "Idempotency-Key", "d-1");
        var other = send("POST", "/accounts/A1/deposits", body.replace("5", "6"), "Idempotency-Key", "d-1");

        assertThat(header(first, "Idempotency-Replayed")).isEmpty();
        assertThat(header(second, "Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(json(other).get("reason").textValue()).isEqualTo("command_id_reused");
        assertThat(balance("USD", "total")).isEqualTo("15.00");
    }

    @Test
    void a_key_that_is_no_id_is_refused() {
        openWith("10.00");
        var body = "{'asset': 'USD', 'amount': '5.00'}";

        for (var key : new String[] {"x".repeat(65), "a b", "ü"}) {
            var refused = send("POST", "/accounts/A1/deposits", body, "Idempotency-Key", key);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused).get("field").textValue()).isEqualTo("Idempotency-Key");
        }
        assertThat(balance("USD", "total")).isEqualTo("10.00");
    }

    @Test
    void an_order_is_known_by_its_own_id() {
        openWith("100.00");

        var contradicting = send("POST", "/accounts/A1/orders", LIMIT_BUY, "Idempotency-Key", "o2");
        var placed = send("POST", "/accounts/A1/orders", LIMIT_BUY, "Idempotency-Key", "o1");
        var again = post("/accounts/A1/orders", LIMIT_BUY);

        assertThat(contradicting.statusCode()).isEqualTo(400);
        assertThat(json(contradicting).get("field").textValue()).isEqualTo("Idempotency-Key");
        assertThat(placed.statusCode()).isEqualTo(201);
        assertThat(header(placed, "Location")).isEqualTo("/api/v1/accounts/A1/orders/o1");
        assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void an_order_without_an_id_gets_the_key_as_its_id() {
        openWith("100.00");

        var placed = send(
                "POST",
                "/accounts/A1/orders",
                "{'instrument': 'ABC-USD', 'side': 'BUY', 'type': 'MARKET', 'notional': '20.00'}",
                "Idempotency-Key",
                "mine");

        assertThat(json(placed).get("orderId").textValue()).isEqualTo("mine");
        assertThat(balance("USD", "reserved")).isEqualTo("20.00");
    }

    @Test
    void an_order_is_amended_extended_and_cancelled() {
        openWith("100.00");
        var unused = post("/accounts/A1/orders", LIMIT_BUY);

        var amended = send("PUT", "/accounts/A1/orders/o1", "{'quantity': '3', 'limitPrice': '8.00'}");
        var reserved = balance("USD", "reserved");
        var extended = post("/accounts/A1/orders/o1/extension", "{'expiresAt': '%s'}".formatted(inDays(3)));
        var cancelled = send("DELETE", "/accounts/A1/orders/o1?cause=ADMIN&reason=test", "");

        assertThat(amended.statusCode()).isEqualTo(200);
        assertThat(reserved).isEqualTo("24.00");
        assertThat(extended.statusCode()).isEqualTo(201);
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(json(api.get("/api/v1/accounts/A1/orders/o1")).get("status").textValue())
                .isEqualTo("CANCELLED");
        assertThat(send("DELETE", "/accounts/A1/orders/o1", "").statusCode()).isEqualTo(409);
        assertThat(json(send("DELETE", "/accounts/A1/orders/o1?cause=ME", ""))
                        .get("rule")
                        .textValue())
                .isEqualTo("one of USER, ADMIN, VENUE_REJECTED, VENUE_CANCELLED");
    }

    @Test
    void a_fill_settles_or_waits_and_is_resolved() {
        openWith("100.00");
        var unused = post("/accounts/A1/orders", LIMIT_BUY);
        var report = "{'executionId': 'e1', 'orderId': 'o1', 'instrument': 'ABC-USD', 'side': 'BUY',"
                + " 'quantity': '2', 'price': '8.50', 'fee': '0.10', 'liquidity': 'TAKER'}";

        var settled = post("/accounts/A1/fills", report);
        var again = post("/accounts/A1/fills", report);
        var suspended =
                post("/accounts/A1/fills", report.replace("'o1'", "'o9'").replace("'e1'", "'e9'"));
        var sequence = json(suspended).get("sequence").longValue();
        var resolved = post(
                "/accounts/A1/suspended-fills/" + sequence + "/resolution",
                "{'resolution': 'SETTLE', 'reason': 'checked'}");

        assertThat(settled.statusCode()).isEqualTo(201);
        assertThat(json(settled).get("outcome").textValue()).isEqualTo("settled");
        assertThat(json(settled).get("executionId").textValue()).isEqualTo("e1");
        assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
        assertThat(json(suspended).get("outcome").textValue()).isEqualTo("suspended");
        assertThat(json(suspended).get("rejection").get("reason").textValue()).isEqualTo("unknown_order");
        assertThat(resolved.statusCode()).isEqualTo(201);
        assertThat(balance("ABC", "total")).isEqualTo("4.0000");
        assertThat(balance("USD", "total")).isEqualTo("65.80");
    }

    @Test
    void funds_are_withdrawn_adjusted_transferred_and_allocated() {
        openWith("100.00");

        assertThat(post("/accounts/A1/withdrawals", "{'asset': 'USD', 'amount': '10'}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/accounts/A1/adjustments", "{'asset': 'USD', 'amount': '-5', 'reason': 'fee'}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/accounts/A1/transfers", "{'toAccountId': 'B1', 'asset': 'USD', 'amount': '20'}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/accounts/A1/allocations", "{'strategy': 's1', 'asset': 'USD', 'amount': '30'}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(balance("USD", "available")).isEqualTo("35.00");
    }

    @Test
    void limits_quotas_and_the_status_are_set() {
        openWith("100.00");

        var limits = send(
                "PUT",
                "/accounts/A1/limits",
                "{'maxOpenOrders': 1, 'maxOrderNotional': [{'asset': 'USD', 'amount': '50.00'}]}");
        var quota = send(
                "PUT", "/accounts/A1/quotas/s1", "{'maxPosition': [{'instrument': 'ABC-USD', 'quantity': '2.5'}]}");
        var twice = send(
                "PUT",
                "/accounts/A1/limits",
                "{'maxOrderNotional': [{'asset': 'USD', 'amount': '1'}, {'asset': 'USD', 'amount': '2'}]}");
        var tooMuch = post("/accounts/A1/orders", LIMIT_BUY.replace("9.00", "25.01"));
        var suspended = send("PUT", "/accounts/A1/status", "{'status': 'SUSPENDED', 'reason': 'review'}");
        var refused = post("/accounts/A1/withdrawals", "{'asset': 'USD', 'amount': '1'}");
        var resumed = send("PUT", "/accounts/A1/status", "{'status': 'OPEN'}");

        assertThat(limits.statusCode()).isEqualTo(200);
        assertThat(quota.statusCode()).isEqualTo(200);
        assertThat(json(twice).get("field").textValue()).isEqualTo("maxOrderNotional.asset");
        assertThat(json(tooMuch).get("reason").textValue()).isEqualTo("exceeds_order_notional");
        assertThat(suspended.statusCode()).isEqualTo(200);
        assertThat(json(refused).get("reason").textValue()).isEqualTo("account_is_suspended");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(resumed.statusCode()).isEqualTo(200);
    }

    @Test
    void an_asset_or_instrument_that_is_not_known_is_said_at_once() {
        openWith("1.00");

        var asset = post("/accounts/A1/deposits", "{'asset': 'NIL', 'amount': '1'}");
        var instrument = post("/accounts/A1/orders", LIMIT_BUY.replace("ABC-USD", "NIL-USD"));

        assertThat(asset.statusCode()).isEqualTo(422);
        assertThat(json(asset).get("reason").textValue()).isEqualTo("asset_not_found");
        assertThat(json(instrument).get("reason").textValue()).isEqualTo("instrument_not_found");
    }

    @Test
    void without_a_decision_in_time_the_caller_is_told_where_to_ask() {
        openWith("1.00");
        ledger.silent = true;

        var undecided =
                send("POST", "/accounts/A1/deposits", "{'asset': 'USD', 'amount': '1'}", "Idempotency-Key", "d-7");
        ledger.silent = false;
        var notYet = api.get(header(undecided, "Location"));
        var decided =
                send("POST", "/accounts/A1/deposits", "{'asset': 'USD', 'amount': '1'}", "Idempotency-Key", "d-7");
        var later = api.get(header(undecided, "Location"));

        assertThat(undecided.statusCode()).isEqualTo(202);
        assertThat(header(undecided, "Location")).isEqualTo("/api/v1/accounts/A1/commands/d-7");
        assertThat(json(undecided).get("outcome").textValue()).isEqualTo("undecided");
        assertThat(notYet.statusCode()).isEqualTo(404);
        assertThat(json(notYet).get("reason").textValue()).isEqualTo("command_not_known");
        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(json(later)).isEqualTo(json(decided));
    }

    @Test
    void an_instance_that_stops_meanwhile_says_so_and_that_the_request_can_be_repeated() {
        openWith("1.00");
        ledger.stops = true;

        var answer = post("/accounts/A1/deposits", "{'asset': 'USD', 'amount': '1'}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).get("reason").textValue()).isEqualTo("instance_stops");
        assertThat(header(answer, "Retry-After")).isEqualTo("1");
    }

    @Test
    void an_order_without_a_decision_in_time_is_asked_for_as_an_order_whatever_else_has_its_id() {
        openWith("1.00");
        var unused = send("POST", "/accounts/A1/deposits", "{'asset': 'USD', 'amount': '1'}", "Idempotency-Key", "o1");
        ledger.silent = true;

        var undecided = post("/accounts/A1/orders", LIMIT_BUY);
        ledger.silent = false;
        var decided = post("/accounts/A1/orders", LIMIT_BUY);

        assertThat(undecided.statusCode()).isEqualTo(202);
        assertThat(header(undecided, "Location")).isEqualTo("/api/v1/accounts/A1/orders/o1");
        assertThat(decided.statusCode()).isEqualTo(422);
        var order = json(api.get("/api/v1/accounts/A1/orders/o1"));
        assertThat(order.get("rejection").get("required").textValue()).isEqualTo("18.00");
    }

    @Test
    void a_cancellation_under_the_id_of_its_order_is_not_taken_for_the_order() {
        openWith("100.00");
        var unused = post("/accounts/A1/orders", LIMIT_BUY);

        assertThat(api.get("/api/v1/accounts/A1/commands/o1").statusCode()).isEqualTo(404);
        var cancelled = send("DELETE", "/accounts/A1/orders/o1", "", "Idempotency-Key", "o1");
        assertThat(json(api.get("/api/v1/accounts/A1/commands/o1")).get("sequence"))
                .isEqualTo(json(cancelled).get("sequence"));
    }

    @Test
    void a_key_that_was_made_up_is_told_even_when_nothing_can_be_said_of_the_command() {
        openWith("1.00");
        ledger.sendFailure = new UnavailableException("not now");

        var failed = post("/accounts/A1/deposits", "{'asset': 'USD', 'amount': '1'}");

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(header(failed, "Idempotency-Key")).hasSize(36);
    }

    @Test
    void a_batch_is_answered_command_by_command_in_its_order() {
        openWith("10.00");

        var answered = post("/batch", """
                [{'method': 'POST', 'path': '/accounts/A1/deposits', 'idempotencyKey': 'd1',
                  'body': {'asset': 'USD', 'amount': '8.00'}},
                 {'method': 'POST', 'path': '/accounts/A1/orders', 'body': %s},
                 {'method': 'POST', 'path': '/accounts/A1/orders', 'body': {'instrument': 'ABC-USD'}},
                 {'method': 'POST', 'path': '/nowhere', 'body': {}},
                 {'method': 'DELETE', 'path': '/accounts/A1/orders/o1'},
                 {'method': 'POST', 'path': '/accounts/A1/withdrawals', 'body': {'asset': 'USD', 'amount': '18.01'}}]
                """.formatted(LIMIT_BUY));

        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(json(answered).findValues("status").stream().map(JsonNode::intValue))
                .containsSubsequence(201, 201, 400, 400, 200, 422);
        assertThat(json(answered)).hasSize(6);
        assertThat(json(answered).get(0).get("idempotencyKey").textValue()).isEqualTo("d1");
        assertThat(json(answered).get(2).get("body").get("field").textValue()).isEqualTo("body.side");
        assertThat(json(answered).get(3).get("body").get("field").textValue()).isEqualTo("path");
        assertThat(json(answered).get(5).get("body").get("available").textValue())
                .isEqualTo("18.00");
    }

    @Test
    void in_a_batch_what_goes_to_another_topic_waits_for_the_commands_of_its_account_before() {
        openWith("10.00");
        ledger.silent = true;
        var deposit = "{'method': 'POST', 'path': '/accounts/A1/deposits', 'body': {'asset': 'USD', 'amount': '1'}}";
        var order = "{'method': 'POST', 'path': '/accounts/%s/orders', 'body': " + LIMIT_BUY + "}";

        var answered = json(post(
                "/batch",
                "[" + String.join(",", deposit, deposit, order.formatted("A1"), order.formatted("A2")) + "]"));

        assertThat(answered).extracting(item -> item.get("status").intValue()).containsExactly(202, 202, 503, 202);
        assertThat(answered.get(2).get("body").get("reason").textValue()).isEqualTo("not_sent");
    }

    @Test
    void a_batch_in_lines_is_answered_in_lines() {
        openWith("10.00");
        var line = "{'method': 'POST', 'path': '/accounts/A1/deposits', 'body': {'asset': 'USD', 'amount': '1'}}\n";

        var answered = api.send(
                "POST", "/api/v1/batch", line.repeat(3).replace('\'', '"'), "Content-Type", "application/x-ndjson");

        assertThat(header(answered, "Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(answered.body().lines())
                .hasSize(3)
                .allSatisfy(
                        item -> assertThat(json(item).get("status").intValue()).isEqualTo(201));
    }

    @Test
    void a_batch_without_commands_or_with_too_many_is_refused() {
        assertThat(post("/batch", "[]").statusCode()).isEqualTo(400);
        assertThat(json(post("/batch", "[" + "{},".repeat(1_000) + "{}]"))
                        .get("rule")
                        .textValue())
                .isEqualTo("1 to 1000 commands");
    }

    @Test
    void a_risk_check_says_what_an_order_would_get_and_changes_nothing() {
        openWith("17.99");

        var refused = json(post("/risk/check", LIMIT_BUY.replace("{", "{'accountId': 'A1', ")));
        var accepted = json(post(
                "/risk/check", LIMIT_BUY.replace("{", "{'accountId': 'A1', ").replace("9.00", "8.99")));

        assertThat(refused.get("accepted").booleanValue()).isFalse();
        assertThat(refused.get("rejection").get("required").textValue()).isEqualTo("18.00");
        assertThat(accepted).isEqualTo(json("{\"accountId\": \"A1\", \"accepted\": true}"));
        assertThat(balance("USD", "reserved")).isEqualTo("0.00");
    }

    @Test
    void assets_and_instruments_are_published_and_never_change_their_scales() {
        var asset = send("PUT", "/assets/BTC", "{'scale': 8}");
        var instrument = send(
                "PUT",
                "/instruments/BTC-USD",
                "{'baseAsset': 'BTC', 'quoteAsset': 'USD', 'priceScale': 2, 'tickSize': '0.05', 'lotSize': '0.001'}");
        var changed = send("PUT", "/assets/BTC", "{'scale': 9}");

        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(instrument.statusCode()).isEqualTo(200);
        assertThat(ledger.instrument("BTC-USD").getTickSize()).isEqualTo(5);
        assertThat(ledger.instrument("BTC-USD").getLotSize()).isEqualTo(100_000);
        assertThat(changed.statusCode()).isEqualTo(409);
        assertThat(json(changed).get("reason").textValue()).isEqualTo("never_changes");
    }

    @Test
    void the_callers_trace_goes_on() {
        openWith("1.00");
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        var unused = send("POST", "/accounts/A1/deposits", "{'asset': 'USD', 'amount': '1'}", "traceparent", trace);

        assertThat(ledger.lastTraceParent).isEqualTo(trace);
    }

    @Test
    void a_method_that_a_path_does_not_take_is_refused_with_those_that_it_takes() {
        var refused = send("PATCH", "/accounts/A1/deposits", "{}");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(header(refused, "Allow")).isEqualTo("POST");
    }

    private void openWith(String dollars) {
        assertThat(post("/accounts", "{'accountId': 'A1', 'owner': 'Ada', 'name': 'main'}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/accounts/A1/deposits", "{'asset': 'USD', 'amount': '" + dollars + "'}")
                        .statusCode())
                .isEqualTo(201);
    }

    private String balance(String asset, String field) {
        for (var balance : json(api.get("/api/v1/accounts/A1/balances")).get("balances")) {
            if (balance.get("asset").textValue().equals(asset)
                    && balance.get("strategy").textValue().isEmpty()) {
                return balance.get(field).textValue();
            }
        }
        return null;
    }

    private static String inDays(int days) {
        return Instant.now()
                .plus(Duration.ofDays(days))
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    /** @param body with single quotes where JSON has double ones */
    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        var all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return api.send(method, "/api/v1" + path, body.replace('\'', '"'), all);
    }
}
