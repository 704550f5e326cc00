package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.schemas.Side;
import io.bursar.service.http.Problem;
import io.bursar.topology.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemsTest {
    private static final String DEPOSITS = "/api/v1/accounts/A1/deposits";

    private final LedgerInstance ledger = new LedgerInstance().open("A1", 0);
    private final Api api = new Api(ledger);

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/balances", "/positions", "/orders", "/orders/o1", "/suspended-fills"})
    void an_unknown_account_is_not_found(String path) {
        assertThat(problem(api.get("/api/v1/accounts/A2" + path), 404)).isEqualTo(json("""
                {"type": "about:blank", "title": "Not Found", "status": 404,
                 "detail": "account A2 was never opened", "reason": "account_not_found"}
                """));
    }

    @Test
    void an_unknown_order_is_not_found() {
        assertThat(problem(api.get("/api/v1/accounts/A1/orders/o1"), 404)).isEqualTo(json("""
                {"type": "about:blank", "title": "Not Found", "status": 404, "reason": "order_not_found",
                 "detail": "account A1 has no order o1, or it is no longer remembered"}
                """));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/accounts/A%20B, accountId, 'A B', 1 to 64 characters of A-Z a-z 0-9 . _ : -",
        "/api/v1/accounts/A1/orders/o%C3%A9, orderId, oé, 1 to 64 characters of A-Z a-z 0-9 . _ : -",
        "/api/v1/accounts/A1/orders?limit=0, limit, 0, a whole number from 1 to 10000",
        "/api/v1/accounts/A1/orders?limit=10001, limit, 10001, a whole number from 1 to 10000",
        "/api/v1/accounts/A1/orders?limit=-1, limit, -1, a whole number from 1 to 10000",
        "/api/v1/accounts/A1/orders?limit=, limit, '', a whole number from 1 to 10000",
        "/api/v1/accounts/A1/suspended-fills?limit=99999999999999, limit, 99999999999999, a whole number from 1 to 10000",
        "/api/v1/accounts/A1/orders?status=closed, status, closed, open or all",
        "/api/v1/accounts/A1?stale=yes, stale, yes, allow",
        "/api/v1/accounts/A1?min-sequence=-1, min-sequence, -1, a whole number of up to 18 digits",
        "/api/v1/accounts?cursor=abc, cursor, abc, the nextCursor of an answer to this query",
        "/api/v1/accounts/A1/orders?cursor=b3Blbi1vcmRlcnMveC95, cursor, b3Blbi1vcmRlcnMveC95, the nextCursor of an answer to this query",
        "/api/v1/accounts/A1/events?from=now, from, now, beginning",
    })
    void a_bad_parameter_is_refused_by_field_value_and_rule(String path, String field, String value, String rule) {
        var problem = problem(api.get(path), 400);

        assertThat(problem.get("reason").textValue()).isEqualTo("parameter_invalid");
        assertThat(problem.get("field").textValue()).isEqualTo(field);
        assertThat(problem.get("value").textValue()).isEqualTo(value);
        assertThat(problem.get("rule").textValue()).isEqualTo(rule);
        assertThat(problem.get("detail").textValue()).isEqualTo(field + " is '" + value + "': it must be " + rule);
    }

    @Test
    void a_long_value_is_not_repeated_in_full() {
        var problem = problem(api.get("/api/v1/accounts/" + "x".repeat(5_000)), 400);

        assertThat(problem.get("value").textValue()).isEqualTo("x".repeat(100) + "…");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/accounts/A1?verbose=1, verbose, 'min-sequence, stale'",
        "/api/v1/accounts/A1/balances?limit=1, limit, 'as-of-sequence, as-of, min-sequence, stale'",
        "'/api/v1/accounts/A1/orders?limt=1', limt, 'status, limit, cursor, min-sequence, stale'",
        "/api/v1/accounts/A1/orders/o1?status=open, status, 'min-sequence, stale'",
        "/api/v1/accounts/A1/suspended-fills?status=open, status, 'limit, min-sequence, stale'",
        "/health/live?x=1, x, no parameters",
        "/health/ready?x, x, no parameters",
        "/metrics?name=x, name, no parameters",
    })
    void a_parameter_that_a_path_does_not_take_is_refused_by_name(String path, String field, String rule) {
        var problem = problem(api.get(path), 400);

        assertThat(problem.get("reason").textValue()).isEqualTo("parameter_unknown");
        assertThat(problem.get("field").textValue()).isEqualTo(field);
        assertThat(problem.get("rule").textValue()).isEqualTo(rule);
        assertThat(problem.get("detail").textValue())
                .isEqualTo("'" + field + "' is no parameter of this query: it takes " + rule);
    }

    @Test
    void a_parameter_that_is_given_twice_is_refused_by_name() {
        var problem = problem(api.get("/api/v1/accounts/A1/orders?limit=1&status=open&limit=1"), 400);

        assertThat(problem.get("reason").textValue()).isEqualTo("parameter_repeated");
        assertThat(problem.get("field").textValue()).isEqualTo("limit");
        assertThat(problem.get("detail").textValue()).isEqualTo("limit is given 2 times: it must be given once");
    }

    @Test
    void a_long_name_is_not_repeated_in_full() {
        var problem = problem(api.get("/api/v1/accounts/A1?" + "x".repeat(5_000) + "=1"), 400);

        assertThat(problem.get("field").textValue()).isEqualTo("x".repeat(100) + "…");
    }

    @Test
    void a_moving_partition_is_worth_another_try() {
        ledger.failure = new UnavailableException("the partition of account A1 is not ready");

        var response = api.get("/api/v1/accounts/A1/balances");
        assertThat(problem(response, 503).get("reason").textValue()).isEqualTo("partition_not_ready");
        assertThat(header(response, "Retry-After")).isEqualTo("1");
    }

    @Test
    void a_failure_says_nothing_of_what_is_inside() {
        ledger.failure = new IllegalStateException("secret of the inside");

        var response = api.get("/api/v1/accounts/A1");
        assertThat(problem(response, 500).get("reason").textValue()).isEqualTo("internal_error");
        assertThat(response.body()).doesNotContain("secret", "IllegalState", "io.bursar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ABC-USD", "ABC-USD:", ":1", "ABC-USD:0", "ABC-USD:-1", "ABC-USD:1e3", "X:1,", "X:1,X:2"})
    void prices_are_positive_and_one_for_each_instrument(String prices) {
        var problem = problem(api.get("/api/v1/accounts/A1/positions?prices=" + prices), 400);

        assertThat(problem.get("reason").textValue()).isEqualTo("parameter_invalid");
        assertThat(problem.get("field").textValue()).isEqualTo("prices");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/nothing", "/api/v1/accounts/A1/nothing", "/favicon.ico"})
    void a_path_that_nobody_serves_is_a_problem_too(String path) {
        assertThat(problem(api.get(path), 404).get("reason").textValue()).isEqualTo("route_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void what_is_read_cannot_be_written(String method) {
        var response = api.send(method, "/api/v1/accounts/A1/balances", "");

        assertThat(problem(response, 405).get("reason").textValue()).isEqualTo("method_not_allowed");
        assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void no_other_origin_is_let_in() {
        var response = api.send("GET", "/api/v1/accounts/A1", "", "Origin", "http://elsewhere.example");

        assertThat(response.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }

    @Test
    void head_answers_as_get_does_without_a_body() {
        assertThat(api.send("HEAD", "/api/v1/accounts/A1", "").statusCode()).isEqualTo(200);
        var missing = api.send("HEAD", "/api/v1/accounts/A2", "");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).isEmpty();
    }

    @Test
    void a_url_that_is_too_long_is_a_problem_too() {
        assertThat(problem(api.get("/api/v1/accounts/" + "x".repeat(9_000)), 414)
                        .get("reason")
                        .textValue())
                .isEqualTo("uri_too_long");
    }

    @Test
    void headers_that_are_too_large_are_a_problem_too() {
        var response = api.send("GET", "/health/live", "", "X-Large", "x".repeat(9_000));

        assertThat(problem(response, 431).get("status").intValue()).isEqualTo(431);
    }

    @ParameterizedTest
    @CsvSource({
        "262145, the body has 262145 bytes: a command has at most 262144",
        "1048577, the body has more than 1048576 bytes",
    })
    void a_body_that_is_too_large_is_refused(int bytes, String detail) {
        var response = api.send("POST", DEPOSITS, " ".repeat(bytes), "Content-Type", "application/json");

        assertThat(problem(response, 413).get("reason").textValue()).isEqualTo("content_too_large");
        assertThat(json(response).get("detail").textValue()).isEqualTo(detail);
    }

    @Test
    void a_body_whose_length_is_not_told_is_read_and_bounded_as_well() throws IOException {
        assertThat(chunked("{\"asset\": 7}")).startsWith("HTTP/1.1 400").contains("\"field\":\"asset\"");
        // One more than is read: the connection would end with what is left of a longer one.
        assertThat(chunked(" ".repeat(1_048_577)))
                .startsWith("HTTP/1.1 413")
                .contains("the body has more than 1048576 bytes");
    }

    private String chunked(String body) throws IOException {
        return raw("POST " + DEPOSITS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    @Test
    void a_body_that_ends_too_early_is_refused() throws IOException {
        var answer = raw("POST " + DEPOSITS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{\"asset\": ");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"reason\":\"body_is_incomplete\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/accounts/A1%2Fbalances", "/api/v1/accounts/%2e%2e/x"})
    void an_ambiguous_path_is_refused(String path) throws IOException {
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains(Problem.CONTENT_TYPE);
    }

    @Test
    void what_is_no_http_is_a_problem_too() throws IOException {
        assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400").contains(Problem.CONTENT_TYPE, "\"status\":400");
    }

    @Test
    void a_websocket_is_not_served() throws IOException {
        var answer = raw(String.join(
                "\r\n",
                "GET /api/v1/accounts/A1 HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "",
                ""));

        assertThat(answer).startsWith("HTTP/1.1 404").contains(Problem.CONTENT_TYPE);
    }

    @Test
    void the_server_does_not_tell_what_it_is() throws IOException {
        ledger.fill("A1", "o1", Side.BUY, 1, 1, 0);

        assertThat(api.get("/api/v1/accounts/A1").headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(raw("nonsense\r\n\r\n")).doesNotContainIgnoringCase("jetty").doesNotContainIgnoringCase("javalin");
    }

    private String raw(String request) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), api.service().port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        var problem = json(response);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("type").textValue()).isEqualTo("about:blank");
        return problem;
    }
}
