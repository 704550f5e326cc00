package io.bursar.service;

import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.service.http.Access;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.service.security.KeyRights;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyRoutesTest {
    private static final String KEYS = "/api/v1/keys";
    private static final String BALANCES = "/api/v1/accounts/A1/balances";

    private final InMemorySecurity security = new InMemorySecurity(new MetricRegistry());
    private final Api api = new Api(new LedgerInstance().open("A1", 0), security);
    private final String admin = security.administrator();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_key_is_shown_when_it_is_made_and_never_again() {
        var made = create(admin, """
                {"name": "desk 7", "scopes": ["account:read", "trade:write"], "accounts": ["A1"],
                 "expiresAt": "2030-01-01T00:00:00Z", "allowedIps": ["127.0.0.1/32"], "requestsPerSecond": 100}
                """);
        var key = made.get("key").textValue();
        var id = made.get("id").textValue();
        assertThat(key).matches("bsr_" + id + "_[A-Za-z0-9_-]{43}");
        assertThat(ask("GET", BALANCES, key).statusCode()).isEqualTo(200);

        var shown = ask("GET", KEYS + "/" + id, admin);
        assertThat(json(shown)).isEqualTo(json("""
                {"id": "%s", "name": "desk 7", "scopes": ["account:read", "trade:write"], "accounts": ["A1"],
                 "allowedIps": ["127.0.0.1/32"], "requestsPerSecond": 100, "createdAt": "2026-03-02T12:00:00Z",
                 "createdBy": "%s", "expiresAt": "2030-01-01T00:00:00Z", "lastUsedAt": "2026-03-02T12:00:00Z",
                 "status": "ACTIVE"}
                """.formatted(id, InMemorySecurity.id(admin))));
        var list = ask("GET", KEYS, admin);
        assertThat(json(list).get("keys")).hasSize(2);
        assertThat(shown.body() + list.body()).doesNotContain(key.substring(17), "hash");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\" \",\"scopes\":[\"account:read\"]} | name | ' '",
                "{\"name\":7,\"scopes\":[\"account:read\"]} | name | 7",
                "{\"name\":\"n\",\"scopes\":[]} | scopes | ''",
                "{\"name\":\"n\",\"scopes\":[\"open\"]} | scopes | open",
                "{\"name\":\"n\",\"scopes\":[\"account:read\",\"account:read\"]} | scopes | account:read",
                "{\"name\":\"n\",\"scopes\":[\"account:read\"],\"accounts\":[\"a b\"]} | accounts | a b",
                "{\"name\":\"n\",\"scopes\":[\"account:read\"],\"accounts\":\"A1\"} | accounts | \"A1\"",
                "{\"name\":\"n\",\"scopes\":[\"account:read\"],\"expiresAt\":\"soon\"} | expiresAt | soon",
                "{\"name\":\"n\",\"scopes\":[\"account:read\"],\"expiresAt\":\"2026-03-02T12:00:00Z\"} | expiresAt | 2026-03-02T12:00:00Z",
                "{\"name\":\"n\",\"scopes\":[\"account:read\"],\"allowedIps\":[\"host\"]} | allowedIps | host",
                "{\"name\":\"n\",\"scopes\":[\"account:read\"],\"requestsPerSecond\":0} | requestsPerSecond | 0",
                "{\"name\":\"n\",\"scopes\":[\"account:read\"],\"requestsPerSecond\":1.5} | requestsPerSecond | 1.5",
            })
    void what_does_not_fit_is_refused_by_field_and_value(String body, String field, String value) {
        var response = send("POST", KEYS, body, admin);

        refused(response, 400, "field_invalid");
        assertThat(json(response).get("field").textValue()).isEqualTo(field);
        assertThat(json(response).get("value").textValue()).isEqualTo(value);
    }

    @Test
    void a_body_that_is_no_object_or_has_other_fields_is_refused() {
        refused(post("nonsense"), 400, "body_is_no_json");
        refused(post("[]"), 400, "field_invalid");
        refused(post("{} {}"), 400, "body_is_no_json");
        refused(post("{\"name\":\"n\",\"name\":\"n\"}"), 400, "body_is_no_json");
        refused(post("{\"scopes\":[\"account:read\"]}"), 400, "field_missing");
        var unknown = post("{\"name\":\"n\",\"scopes\":[\"account:read\"],\"scope\":\"x\"}");
        refused(unknown, 400, "field_unknown");
        assertThat(json(unknown).get("field").textValue()).isEqualTo("scope");
    }

    @Test
    void nobody_gives_a_scope_that_is_not_theirs() {
        var keeper = security.key(InMemorySecurity.rights(Access.ADMIN_WRITE, Access.ACCOUNT_READ));

        create(keeper, "{\"name\": \"n\", \"scopes\": [\"account:read\"]}");
        refused(send("POST", KEYS, "{\"name\": \"n\", \"scopes\": [\"trade:write\"]}", keeper), 403, "scope_missing");
        refused(ask("POST", key(admin) + "/rotation", keeper), 403, "scope_missing");
    }

    @Test
    void nobody_reaches_keys_for_accounts_that_are_not_theirs() {
        var keeper = security.key(
                new KeyRights("keeper", InMemorySecurity.EVERYTHING, List.of("A1"), null, List.of(), null));
        var other = security.key(
                new KeyRights("other", List.of(Access.ACCOUNT_READ), List.of("A2"), null, List.of(), null));

        create(keeper, "{\"name\": \"n\", \"scopes\": [\"account:read\"], \"accounts\": [\"A1\"]}");
        for (var accounts : List.of("[]", "[\"A2\"]", "[\"A1\", \"A2\"]")) {
            refused(
                    send(
                            "POST",
                            KEYS,
                            "{\"name\": \"n\", \"scopes\": [\"account:read\"], \"accounts\": " + accounts + "}",
                            keeper),
                    403,
                    "account_not_allowed");
        }
        refused(ask("GET", key(other), keeper), 403, "account_not_allowed");
        refused(ask("DELETE", key(admin), keeper), 403, "account_not_allowed");
        assertThat(json(ask("GET", KEYS, keeper)).get("keys")).hasSize(2);
        assertThat(json(ask("GET", KEYS, admin)).get("keys")).hasSize(4);
    }

    @Test
    void a_revoked_key_is_refused_at_once_and_stays_in_the_list() {
        var desk = security.key(InMemorySecurity.rights(Access.ACCOUNT_READ));

        var revoked = ask("DELETE", key(desk), admin);
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(json(revoked).get("status").textValue()).isEqualTo("REVOKED");
        refused(ask("GET", BALANCES, desk), 401, "key_revoked");

        security.goOn(Duration.ofHours(1));
        assertThat(json(ask("DELETE", key(desk), admin))).isEqualTo(json(revoked));
        refused(ask("POST", key(desk) + "/rotation", admin), 409, "key_revoked");
    }

    @Test
    void a_rotation_makes_a_key_with_the_same_rights_and_lets_the_old_one_work_for_the_overlap() {
        var old = security.key(
                new KeyRights("desk", List.of(Access.ACCOUNT_READ), List.of("A1"), null, List.of("127.0.0.0/8"), 50));

        var response = send("POST", key(old) + "/rotation", "{\"overlapSeconds\": 60}", admin);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        var made = json(response);
        var next = made.get("key").textValue();
        assertThat(made.get("name").textValue()).isEqualTo("desk");
        assertThat(made.get("accounts").toString()).isEqualTo("[\"A1\"]");
        assertThat(made.get("allowedIps").toString()).isEqualTo("[\"127.0.0.0/8\"]");
        assertThat(made.get("requestsPerSecond").intValue()).isEqualTo(50);
        assertThat(made.has("expiresAt")).isFalse();
        assertThat(json(ask("GET", key(old), admin)).get("replacedBy").textValue())
                .isEqualTo(InMemorySecurity.id(next));
        refused(ask("POST", key(old) + "/rotation", admin), 409, "key_replaced");

        security.goOn(Duration.ofSeconds(59));
        assertThat(ask("GET", BALANCES, old).statusCode()).isEqualTo(200);
        security.goOn(Duration.ofSeconds(1));
        refused(ask("GET", BALANCES, old), 401, "key_expired");
        assertThat(ask("GET", BALANCES, next).statusCode()).isEqualTo(200);
    }

    @Test
    void without_an_overlap_the_old_key_ends_at_once_and_no_overlap_makes_a_key_live_longer() {
        var desk = security.key(InMemorySecurity.rights(Access.ACCOUNT_READ));
        assertThat(ask("POST", key(desk) + "/rotation", admin).statusCode()).isEqualTo(201);
        refused(ask("GET", BALANCES, desk), 401, "key_expired");

        var end = security.now().plusSeconds(5);
        var brief = security.key(new KeyRights("desk", List.of(Access.ACCOUNT_READ), List.of(), end, List.of(), null));
        var rotated = send("POST", key(brief) + "/rotation", "{\"overlapSeconds\": 60}", admin);
        assertThat(json(rotated).get("expiresAt").textValue()).isEqualTo(end.toString());
        assertThat(json(ask("GET", key(brief), admin)).get("expiresAt").textValue())
                .isEqualTo(end.toString());
        refused(send("POST", key(admin) + "/rotation", "{\"overlapSeconds\": 86401}", admin), 400, "field_invalid");
    }

    @Test
    void a_key_that_there_is_not_is_not_found() {
        refused(ask("GET", KEYS + "/none", admin), 404, "key_not_found");
        refused(ask("DELETE", KEYS + "/none", admin), 404, "key_not_found");
        refused(ask("POST", KEYS + "/none/rotation", admin), 404, "key_not_found");
        refused(ask("GET", KEYS + "/a%20b", admin), 400, "parameter_invalid");
    }

    @Test
    void what_is_done_to_keys_is_recorded_with_route_result_and_key_and_no_secret() {
        var made = create(admin, "{\"name\": \"n\", \"scopes\": [\"account:read\"]}");
        var id = made.get("id").textValue();
        ask("DELETE", KEYS + "/" + id, admin);
        ask("DELETE", KEYS + "/none", admin);

        assertThat(security.events())
                .extracting(event -> "%s %d %s %s %s"
                        .formatted(
                                event.getAction(),
                                event.getStatus(),
                                event.getReason(),
                                event.getSubject(),
                                event.getKeyId()))
                .containsExactly(
                        "POST /api/v1/keys 201 null %s %s".formatted(id, InMemorySecurity.id(admin)),
                        "DELETE /api/v1/keys/{keyId} 200 null %s %s".formatted(id, InMemorySecurity.id(admin)),
                        "DELETE /api/v1/keys/{keyId} 404 key_not_found null %s".formatted(InMemorySecurity.id(admin)));
        assertThat(security.events())
                .extracting(event -> event.getKind() + " " + event.getSeverity() + " " + event.getResult())
                .containsExactly(
                        "api_key_create INFO SUCCESS", "api_key_revoke INFO SUCCESS", "api_key_revoke INFO REFUSED");
        assertThat(security.events().toString())
                .doesNotContain(made.get("key").textValue().substring(17));
    }

    @Test
    void an_api_that_asks_for_no_keys_has_none() {
        try (var open = new Api(new LedgerInstance())) {
            assertThat(open.get(KEYS).statusCode()).isEqualTo(404);
        }
    }

    private JsonNode create(String creator, String body) {
        var response = send("POST", KEYS, body, creator);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response);
    }

    private HttpResponse<String> post(String body) {
        return send("POST", KEYS, body, admin);
    }

    private HttpResponse<String> ask(String method, String path, String key) {
        return send(method, path, "", key);
    }

    private HttpResponse<String> send(String method, String path, String body, String key) {
        return api.send(method, path, body, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    private static String key(String text) {
        return KEYS + "/" + InMemorySecurity.id(text);
    }

    private static void refused(HttpResponse<String> response, int status, String reason) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("reason").textValue()).isEqualTo(reason);
    }
}
