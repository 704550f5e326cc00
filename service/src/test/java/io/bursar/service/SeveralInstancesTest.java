package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bursar.service.http.Problem;
import io.bursar.topology.OwnedElsewhereException;
import io.bursar.topology.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One instance that is asked, and one that has the accounts. */
final class SeveralInstancesTest {
    private static final String SLOW = """
            {"type":"about:blank","title":"Too Many Requests","status":429,"detail":"slow","reason":"slow"}""";

    private final LedgerInstance asked = new LedgerInstance();
    private final LedgerInstance owner = new LedgerInstance().open("A1", 0).deposit("A1", "USD", 5_00);
    private final Api api = new Api(asked);
    private final Api ownersApi = new Api(owner);

    @AfterEach
    void stop() {
        api.close();
        ownersApi.close();
    }

    @Test
    void an_account_of_another_instance_is_answered_as_that_one_answers() {
        asked.failure = elsewhere(ownersApi.service().port());

        var response = api.get("/api/v1/accounts/A1/balances");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(response.body())
                .isEqualTo(ownersApi.get("/api/v1/accounts/A1/balances").body());
    }

    @Test
    void path_and_query_are_sent_on_as_they_came() {
        asked.failure = elsewhere(ownersApi.service().port());

        var missing = api.get("/api/v1/accounts/A1%3Ax/orders?status=open&limit=5");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(json(missing).get("detail").textValue()).isEqualTo("account A1:x was never opened");
        assertThat(header(missing, "Content-Type")).isEqualTo(Problem.CONTENT_TYPE);
        assertThat(api.send("HEAD", "/api/v1/accounts/A1", "").statusCode()).isEqualTo(200);
        assertThat(api.send("HEAD", "/api/v1/accounts/A2", "").statusCode()).isEqualTo(404);
    }

    @Test
    void who_asks_and_for_what_is_sent_on_as_well() throws IOException {
        var headers = new ConcurrentHashMap<String, List<String>>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            headers.putAll(exchange.getRequestHeaders());
            exchange.getResponseHeaders().add("Content-Type", Problem.CONTENT_TYPE);
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.sendResponseHeaders(429, SLOW.length());
            exchange.getResponseBody().write(SLOW.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            asked.failure = elsewhere(server.getAddress().getPort());

            var response = api.send(
                    "GET",
                    "/api/v1/accounts/A1",
                    "",
                    "Authorization",
                    "Bearer secret",
                    "X-Request-Id",
                    "r1",
                    "Accept",
                    "application/json",
                    "Cookie",
                    "not=this");

            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.body()).isEqualTo(SLOW);
            assertThat(header(response, "Retry-After")).isEqualTo("7");
            assertThat(headers.get("Authorization")).containsExactly("Bearer secret");
            assertThat(headers.get("X-request-id")).containsExactly("r1");
            assertThat(headers.get("Accept")).containsExactly("application/json");
            assertThat(headers.get("Bursar-forwarded")).containsExactly("1");
            assertThat(headers).doesNotContainKey("Cookie");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_request_is_sent_on_once_only() {
        asked.failure = elsewhere(ownersApi.service().port());
        owner.failure = elsewhere(api.service().port());

        var response = api.get("/api/v1/accounts/A1");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("reason").textValue()).isEqualTo("partition_not_ready");
        assertThat(header(response, "Retry-After")).isEqualTo("1");
        assertThat(api.send("GET", "/api/v1/accounts/A1", "", "Bursar-Forwarded", "1")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void an_owner_that_is_away_is_worth_another_try() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        asked.failure = elsewhere(nobody);

        var response = api.get("/api/v1/accounts/A1");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("reason").textValue()).isEqualTo("owner_unreachable");
        assertThat(json(response).get("detail").textValue())
                .startsWith("the account is kept by the instance at 127.0.0.1:" + nobody);
        assertThat(header(response, "Retry-After")).isEqualTo("1");
    }

    @Test
    void a_standby_answers_those_who_allow_it_and_says_so() {
        asked.copy = new LedgerInstance().open("A1", 0);
        for (var failure : List.of(elsewhere(ownersApi.service().port()), new UnavailableException("moving"))) {
            asked.failure = failure;

            var response = api.get("/api/v1/accounts/A1/balances?stale=allow");
            assertThat(json(response).get("sequence").longValue()).isEqualTo(1);
            assertThat(header(response, "Bursar-Stale")).isEqualTo("true");
        }
    }

    @Test
    void nothing_is_stale_without_being_allowed_or_without_need() {
        asked.copy = new LedgerInstance().open("A1", 0);
        asked.failure = elsewhere(ownersApi.service().port());
        var response = api.get("/api/v1/accounts/A1/balances");
        assertThat(json(response).get("sequence").longValue()).isEqualTo(2);
        assertThat(header(response, "Bursar-Stale")).isEmpty();

        owner.copy = asked.copy;
        var atOwner = ownersApi.get("/api/v1/accounts/A1/balances?stale=allow");
        assertThat(json(atOwner).get("sequence").longValue()).isEqualTo(2);
        assertThat(header(atOwner, "Bursar-Stale")).isEmpty();
    }

    @Test
    void without_a_standby_the_owner_is_asked_all_the_same() {
        asked.failure = elsewhere(ownersApi.service().port());

        var response = api.get("/api/v1/accounts/A1/balances?stale=allow");

        assertThat(json(response).get("sequence").longValue()).isEqualTo(2);
        assertThat(header(response, "Bursar-Stale")).isEmpty();
    }

    @Test
    void the_list_of_accounts_goes_over_all_instances() {
        asked.open("A1", 0)
                .open("A2", 0)
                .open("A3", 0)
                .elsewhere
                .put(1, elsewhere(ownersApi.service().port()));
        owner.open("B1", 0)
                .open("B2", 0)
                .deposit("B3", "USD", 1)
                .elsewhere
                .put(0, elsewhere(api.service().port()));

        for (var limit : List.of(1, 2, 3, 100)) {
            assertThat(listed(api, limit)).containsExactly("A1", "A2", "A3", "B1", "B2");
            assertThat(listed(ownersApi, limit)).containsExactly("A1", "A2", "A3", "B1", "B2");
        }
    }

    private static List<String> listed(Api api, int limit) {
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var answer = json(api.get("/api/v1/accounts?limit=" + limit + cursor));
            assertThat(answer.get("accounts").size()).isLessThanOrEqualTo(limit);
            answer.get("accounts")
                    .forEach(account -> found.add(account.get("accountId").textValue()));
            cursor = answer.has("nextCursor")
                    ? "&cursor=" + answer.get("nextCursor").textValue()
                    : null;
        } while (cursor != null);
        return found;
    }

    private static OwnedElsewhereException elsewhere(int port) {
        return new OwnedElsewhereException("127.0.0.1", port);
    }
}
