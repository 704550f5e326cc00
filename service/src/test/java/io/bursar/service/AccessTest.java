package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.codahale.metrics.MetricRegistry;
import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.AuditResult;
import io.bursar.schemas.AuditSeverity;
import io.bursar.service.http.Access;
import io.bursar.service.http.Problem;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.service.security.KeyRights;
import io.bursar.service.security.NewKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, by real requests. */
final class AccessTest {
    private static final String BALANCES = "/api/v1/accounts/A1/balances";

    private final MetricRegistry metrics = new MetricRegistry();
    private final InMemorySecurity security = new InMemorySecurity(metrics);
    private final Api api = new Api(new LedgerInstance().open("A1", 0).open("A2", 0), security);

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Bearer", "Bearer ", "bsr_x"})
    void without_a_key_nobody_is_let_in(String authorization) {
        var response = api.send("GET", BALANCES, "", "Authorization", authorization);

        refused(response, 401, "key_missing");
        assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "bsr_", "bsr_123456789012_short"})
    void what_is_no_key_is_no_key(String key) {
        refused(get(BALANCES, key), 401, "key_unknown");
    }

    @Test
    void a_key_that_was_never_made_is_not_known_and_neither_is_an_id_with_another_secret() {
        var other = NewKey.random();
        refused(get(BALANCES, other.text()), 401, "key_unknown");

        var id = InMemorySecurity.id(security.administrator());
        refused(get(BALANCES, other.text().replace(other.id(), id)), 401, "key_unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/accounts/A1/balances, ACCOUNT_READ",
        "/api/v1/accounts/A1/orders, TRADE_READ",
        "/api/v1/accounts/A1/snapshot, ADMIN_READ",
        "/api/v1/keys, ADMIN_READ"
    })
    void a_route_lets_those_in_who_have_its_scope_and_no_others(String path, Access scope) {
        assertThat(get(path, security.key(InMemorySecurity.rights(scope))).statusCode())
                .isEqualTo(200);
        var others = InMemorySecurity.EVERYTHING.stream()
                .filter(other -> other != scope)
                .toArray(Access[]::new);
        var response = get(path, security.key(InMemorySecurity.rights(others)));
        refused(response, 403, "scope_missing");
        assertThat(json(response).get("detail").textValue()).endsWith("does not have " + scope.text());
    }

    @Test
    void a_key_for_some_accounts_is_for_no_others() {
        var key =
                security.key(new KeyRights("desk", List.of(Access.ACCOUNT_READ), List.of("A1"), null, List.of(), null));

        assertThat(get(BALANCES, key).statusCode()).isEqualTo(200);
        refused(get("/api/v1/accounts/A2/balances", key), 403, "account_not_allowed");
        refused(get("/api/v1/accounts/A3/balances", key), 403, "account_not_allowed");
    }

    @Test
    void a_key_for_some_accounts_lists_these_only_and_publishes_nothing_that_holds_for_all() {
        var key = forAccount("A1");

        var listed = json(get("/api/v1/accounts", key)).get("accounts");
        assertThat(listed.valueStream().map(account -> account.get("accountId").textValue()))
                .containsExactly("A1");
        refused(api.send("PUT", "/api/v1/assets/NEW", "{\"scale\": 2}", headers(key)), 403, "account_not_allowed");
        refused(
                api.send(
                        "PUT",
                        "/api/v1/instruments/ABC-USD",
                        "{\"baseAsset\": \"ABC\", \"quoteAsset\": \"USD\", \"priceScale\": 2, \"market\": \"X\"}",
                        headers(key)),
                403,
                "account_not_allowed");
    }

    @Test
    void a_stream_of_events_ends_when_its_key_is_revoked() throws IOException {
        var key = security.administrator();
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), api.service().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /api/v1/accounts/A1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Authorization: Bearer " + key + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");

            security.revoke(key);

            assertThat(answer.readAllBytes()).isNotNull();
        }
    }

    @Test
    void a_key_works_from_its_networks_only() {
        var here = security.key(network("127.0.0.0/8"));
        var elsewhere = security.key(network("192.0.2.0/24"));

        assertThat(get(BALANCES, here).statusCode()).isEqualTo(200);
        refused(get(BALANCES, elsewhere), 403, "address_not_allowed");
        // Who says so is not believed.
        refused(
                api.send("GET", BALANCES, "", "Authorization", "Bearer " + elsewhere, "X-Forwarded-For", "192.0.2.1"),
                403,
                "address_not_allowed");
    }

    private static KeyRights network(String range) {
        return new KeyRights("desk", List.of(Access.ACCOUNT_READ), List.of(), null, List.of(range), null);
    }

    @Test
    void a_key_that_is_used_too_often_has_to_wait() {
        var limited = security.key(new KeyRights("desk", List.of(Access.ACCOUNT_READ), List.of(), null, List.of(), 3));
        var other = security.key(InMemorySecurity.rights(Access.ACCOUNT_READ));

        var last = get(BALANCES, limited);
        for (int i = 0; i < 20 && last.statusCode() == 200; i++) {
            last = get(BALANCES, limited);
        }
        refused(last, 429, "rate_limited");
        assertThat(header(last, "Retry-After")).isEqualTo("1");
        assertThat(get(BALANCES, other).statusCode()).isEqualTo(200);
    }

    @Test
    void a_revoked_key_is_refused_from_the_next_request_on() {
        var key = security.administrator();
        assertThat(get(BALANCES, key).statusCode()).isEqualTo(200);
        security.revoke(key);

        var response = get(BALANCES, key);
        refused(response, 401, "key_revoked");
        assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void a_key_is_refused_from_its_end_on() {
        var end = security.now().plusSeconds(10);
        var key = security.key(new KeyRights("desk", List.of(Access.ACCOUNT_READ), List.of(), end, List.of(), null));

        security.goOn(Duration.ofMillis(9_999));
        assertThat(get(BALANCES, key).statusCode()).isEqualTo(200);
        security.goOn(Duration.ofMillis(1));
        refused(get(BALANCES, key), 401, "key_expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics"})
    void health_and_metrics_need_no_key(String path) {
        assertThat(api.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void a_path_that_nobody_serves_is_not_found_with_and_without_a_key() {
        refused(api.get("/api/v1/nothing"), 404, "route_not_found");
        refused(get("/api/v1/nothing", security.administrator()), 404, "route_not_found");
        refused(api.send("PUT", BALANCES, ""), 405, "method_not_allowed");
    }

    @Test
    void until_the_keys_have_been_read_it_is_not_ready_and_judges_nobody() {
        security.isRead = false;

        var response = get(BALANCES, security.administrator());
        refused(response, 503, "keys_not_available");
        assertThat(header(response, "Retry-After")).isEqualTo("1");
        refused(api.get(BALANCES), 401, "key_missing");
        var ready = api.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).get("apiKeys").textValue()).isEqualTo("they are being read for the first time");
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void what_keeps_it_from_learning_of_revocations_is_told_and_known_keys_go_on() {
        security.problem = "the topics of API keys cannot be read: no broker answers";

        var ready = api.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(json(ready).get("apiKeys").textValue()).isEqualTo(security.problem);
        assertThat(get(BALANCES, security.administrator()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_refused_access_is_recorded_with_who_and_why_and_without_the_key() {
        var key = security.key(InMemorySecurity.rights(Access.TRADE_READ));
        var response = get(BALANCES, key);
        api.get(BALANCES);

        assertThat(security.events())
                .extracting(AuditEvent::getAction, AuditEvent::getKeyId, AuditEvent::getStatus, AuditEvent::getReason)
                .containsExactly(
                        tuple("access.refused", InMemorySecurity.id(key), 403, "scope_missing"),
                        tuple("access.refused", "", 401, "key_missing"));
        assertThat(security.events())
                .extracting(AuditEvent::getKind, AuditEvent::getSeverity, AuditEvent::getResult)
                .containsOnly(tuple("security_access_refused", AuditSeverity.WARNING, AuditResult.REFUSED));
        var event = security.events().getFirst();
        assertThat(event.getAddress()).isEqualTo("127.0.0.1");
        assertThat(event.getAccount()).isEqualTo("A1");
        assertThat(event.getRequestId()).isEqualTo(header(response, "X-Request-Id"));
        assertThat(event.getOccurredAt()).isEqualTo(security.now());
        assertThat(security.events().toString()).doesNotContain(key.substring(17));
        assertThat(metrics.counter("access_refused_total{reason=\"scope_missing\"}")
                        .getCount())
                .isOne();
    }

    @Test
    void whoever_is_refused_often_does_not_fill_the_record() {
        for (int i = 0; i < 60; i++) {
            api.get(BALANCES);
        }

        assertThat(security.events()).hasSizeBetween(10, 40);
        assertThat(metrics.counter("access_refused_total{reason=\"key_missing\"}")
                        .getCount())
                .isEqualTo(60);
    }

    @Test
    void what_was_only_read_is_not_recorded() {
        get("/api/v1/keys", security.administrator());

        assertThat(security.events()).isEmpty();
    }

    @Test
    void of_the_uses_of_a_key_one_in_a_minute_is_told() {
        var key = security.administrator();
        for (int i = 0; i < 5; i++) {
            get(BALANCES, key);
        }
        assertThat(security.uses()).hasSize(1);
        assertThat(security.uses().getFirst().getKeyId()).isEqualTo(InMemorySecurity.id(key));

        security.goOn(Duration.ofSeconds(59));
        get(BALANCES, key);
        assertThat(security.uses()).hasSize(1);
        security.goOn(Duration.ofSeconds(1));
        get(BALANCES, key);
        assertThat(security.uses()).hasSize(2);
        assertThat(security.uses().getLast().getUsedAt()).isEqualTo(security.now());
    }

    @Test
    void a_well_formed_request_id_comes_back_and_any_other_is_replaced() {
        assertThat(header(api.send("GET", "/health/live", "", "X-Request-Id", "desk-7:42"), "X-Request-Id"))
                .isEqualTo("desk-7:42");
        for (var bad : List.of("x".repeat(65), "a b", "<script>")) {
            assertThat(header(api.send("GET", "/health/live", "", "X-Request-Id", bad), "X-Request-Id"))
                    .isNotEqualTo(bad)
                    .matches("[a-f0-9-]{36}");
        }
        assertThat(header(api.get("/nothing"), "X-Request-Id")).isNotEmpty();
        assertThat(header(api.get(BALANCES), "X-Request-Id")).isNotEqualTo(header(api.get(BALANCES), "X-Request-Id"));
    }

    @Test
    void what_the_server_refuses_before_any_route_has_a_request_id_too() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), api.service().port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("X-Request-Id: ");
        }
    }

    @Test
    void an_account_in_the_body_is_held_against_the_key_as_well() {
        var key = forAccount("A1");

        refused(post("/api/v1/risk/check", "{\"accountId\": \"A2\"}", key), 403, "account_not_allowed");
        refused(
                post("/api/v1/accounts", "{\"accountId\": \"A9\", \"owner\": \"Ada\", \"name\": \"main\"}", key),
                403,
                "account_not_allowed");
        assertThat(security.events()).extracting(AuditEvent::getAccount).containsExactly(null, "A9");
    }

    @Test
    void each_command_of_a_batch_needs_what_it_would_need_alone_and_is_recorded_like_that() {
        var deposits = """
                [{"method": "POST", "path": "/accounts/A2/deposits", "body": {"asset": "USD", "amount": "1"}},
                 {"method": "POST", "path": "/accounts/A1/deposits", "body": {"asset": "USD", "amount": "1"}},
                 {"method": "PUT", "path": "/accounts/A1/status", "body": {"status": "SUSPENDED", "reason": "review"}}]
                """;

        var all = json(post("/api/v1/batch", deposits, forAccount("A1")));
        assertThat(all.valueStream().map(item -> item.get("status").intValue())).containsExactly(403, 201, 200);
        assertThat(all.get(0).get("body").get("reason").textValue()).isEqualTo("account_not_allowed");
        var none = json(post("/api/v1/batch", deposits, security.key(InMemorySecurity.rights(Access.TRADE_WRITE))));
        assertThat(none.valueStream().map(item -> item.get("body").get("reason").textValue()))
                .containsExactly("scope_missing", "scope_missing", "scope_missing");

        assertThat(security.events())
                .extracting(event -> event.getAction() + " " + event.getStatus() + " " + event.getAccount())
                .containsExactly(
                        "access.refused 403 null",
                        "PUT /api/v1/accounts/{accountId}/status 200 A1",
                        "access.refused 403 null",
                        "access.refused 403 null",
                        "access.refused 403 null");
    }

    private String forAccount(String account) {
        return security.key(
                new KeyRights("desk", InMemorySecurity.EVERYTHING, List.of(account), null, List.of(), null));
    }

    private HttpResponse<String> post(String path, String body, String key) {
        return api.send("POST", path, body, headers(key));
    }

    private static String[] headers(String key) {
        return new String[] {"Authorization", "Bearer " + key, "Content-Type", "application/json"};
    }

    private HttpResponse<String> get(String path, String key) {
        return api.send("GET", path, "", "Authorization", "Bearer " + key);
    }

    private static void refused(HttpResponse<String> response, int status, String reason) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo(Problem.CONTENT_TYPE);
        assertThat(json(response).get("reason").textValue()).isEqualTo(reason);
    }
}
