package io.bursar.service;

import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bursar.service.desk.DeskService;
import io.bursar.service.http.Access;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.service.security.KeyRights;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import io.bursar.vault.KeyFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerAccountRoutesTest {
    private static final String ACCOUNTS = "/api/v1/broker-accounts";
    private static final String ID = "acme:production:U1";
    private static final String SECRET = "a-password-to-keep";
    private static final String TOKEN = "a-token-to-keep";

    @TempDir
    private Path folder;

    private final InMemorySecurity security = new InMemorySecurity(new MetricRegistry());
    private final DeskInMemory desk = new DeskInMemory(3);
    private final List<String> answers = new ArrayList<>();
    private DeskService service;
    private Api api;
    private String admin;

    @BeforeEach
    void start() throws IOException {
        var brokers = Files.writeString(
                folder.resolve("brokers.yaml"),
                "acme: {kind: oauth2, productionUrl: \"http://127.0.0.1:9/token\"}\ntiger: {kind: tiger}\n");
        var settings = Settings.load(SettingsSource.flags(Map.of(
                "vault", "development",
                "vault.key.file", folder.resolve("vault.keys").toString(),
                "brokers.file", brokers.toString())));
        service = DeskService.of(settings, Map.of()).orElseThrow();
        api = new Api(new LedgerInstance().with(desk), security, service);
        admin = security.administrator();
    }

    @AfterEach
    void stop() {
        api.close();
        service.close();
    }

    @Test
    void an_account_is_made_shown_changed_and_deleted() {
        var made = create("U1");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(ACCOUNTS + "/" + ID);

        var changed = send("PATCH", ACCOUNTS + "/" + ID, "{\"name\": \"Other\", \"tags\": [\"a\"]}");
        assertThat(json(changed).get("name").textValue()).isEqualTo("Other");
        assertThat(json(send("GET", ACCOUNTS + "/" + ID, ""))
                        .at("/secrets/clientSecret")
                        .intValue())
                .isEqualTo(1);

        assertThat(send("DELETE", ACCOUNTS + "/" + ID, "").statusCode()).isEqualTo(200);
        assertThat(send("GET", ACCOUNTS + "/" + ID, "").statusCode()).isEqualTo(404);
    }

    @Test
    void all_faults_of_an_account_are_told_at_once_and_no_secret_with_them() {
        var answer = send("POST", ACCOUNTS, """
                {"number": "U 1", "broker": "acme", "environment": "SANDBOX", "type": "SMALL",
                 "permissions": ["US"], "secrets": {"clientSecret": "%s", "other": "%s"}}""".formatted(SECRET, SECRET));

        assertThat(answer.statusCode()).isEqualTo(400);
        var fields = new ArrayList<String>();
        json(answer)
                .get("faults")
                .forEach(fault -> fields.add(fault.get("field").textValue()));
        assertThat(fields)
                .contains("owner", "name", "number", "type", "permissions", "properties.clientId", "environment");
        assertThat(answer.body()).contains("other").doesNotContain(SECRET);
    }

    @Test
    void a_private_key_that_is_none_is_refused_without_being_repeated() {
        var answer = send("POST", ACCOUNTS, """
                {"owner": "o", "name": "n", "number": "1", "broker": "tiger", "environment": "PRODUCTION",
                 "licence": "TBHK", "properties": {"tigerId": "7"},
                 "secrets": {"privateKey": "%s", "accessToken": "%s"}}""".formatted(SECRET, TOKEN));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/faults/0/field").textValue()).isEqualTo("secrets.privateKey");
        assertThat(answer.body()).doesNotContain(SECRET, TOKEN);
    }

    @Test
    void the_list_has_the_active_ones_newest_first_and_goes_on() {
        create("U1");
        create("U2");
        create("U3");
        send("PUT", ACCOUNTS + "/acme:production:U2/status", "{\"status\": \"INACTIVE\"}");

        var first = json(send("GET", ACCOUNTS + "?limit=1", ""));
        assertThat(first.at("/accounts/0/number").textValue()).isEqualTo("U3");
        var second = json(send(
                "GET", ACCOUNTS + "?limit=1&cursor=" + first.get("nextCursor").textValue(), ""));
        assertThat(second.at("/accounts/0/number").textValue()).isEqualTo("U1");
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(json(send("GET", ACCOUNTS + "?status=INACTIVE", "")).get("accounts"))
                .hasSize(1);
        assertThat(json(send("GET", ACCOUNTS + "?status=ALL", "")).get("accounts"))
                .hasSize(3);
    }

    @Test
    void a_repeat_under_the_same_key_gets_the_first_answer() {
        var body = body("U1");
        var first = api.send("POST", ACCOUNTS, body, headers(admin, "Idempotency-Key", "k1"));
        var second = api.send("POST", ACCOUNTS, body, headers(admin, "Idempotency-Key", "k1"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(create("U1").statusCode()).isEqualTo(409);
    }

    @Test
    void an_account_that_keys_are_bound_to_is_deleted_only_by_force() {
        create("U1");
        var bound = security.key(new KeyRights("n", List.of(Access.ACCOUNT_READ), List.of(ID), null, List.of(), null));

        var refused = send("DELETE", ACCOUNTS + "/" + ID, "");
        assertThat(json(refused).get("reason").textValue()).isEqualTo("api_keys_are_bound");
        assertThat(api.send("GET", ACCOUNTS + "/" + ID, "", headers(bound)).statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", ACCOUNTS + "/" + ID + "?force=true", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_key_for_other_accounts_sees_none_of_it() {
        create("U1");
        var other = security.key(
                new KeyRights("n", List.of(Access.ACCOUNT_READ), List.of("acme:production:U2"), null, List.of(), null));

        var answer = api.send("GET", ACCOUNTS + "/" + ID, "", headers(other));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void a_token_is_brought_and_revoked_and_never_shown() {
        create("U1");
        var brought = send(
                "PUT",
                ACCOUNTS + "/" + ID + "/token",
                "{\"accessToken\": \"" + TOKEN + "\", \"expiresAt\": \"2100-01-01T00:00:00Z\"}");
        assertThat(json(brought).get("status").textValue()).isEqualTo("VALID");
        assertThat(json(brought).get("sha256").textValue()).hasSize(64);

        var revoked = send("DELETE", ACCOUNTS + "/" + ID + "/token", "");
        assertThat(json(revoked).get("status").textValue()).isEqualTo("REVOKED");
        assertThat(send("DELETE", ACCOUNTS + "/" + ID + "/token", "").statusCode())
                .isEqualTo(404);
        assertThat(answers).noneMatch(answer -> answer.contains(TOKEN));
    }

    @Test
    void a_refresh_is_begun_cancelled_and_counted() {
        create("U1");
        var begun = send("POST", ACCOUNTS + "/" + ID + "/token/refreshes", "{\"force\": true}");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(json(begun).at("/refresh/trigger").textValue()).isEqualTo("MANUAL");
        assertThat(json(send("POST", ACCOUNTS + "/" + ID + "/token/refreshes", "{}"))
                        .get("reason")
                        .textValue())
                .isEqualTo("refresh_under_way");

        assertThat(send("DELETE", ACCOUNTS + "/" + ID + "/token/refreshes/1", "")
                        .statusCode())
                .isEqualTo(200);

        var history = json(send("GET", ACCOUNTS + "/" + ID + "/token/refreshes", ""));
        assertThat(history.at("/refreshes/0/outcome").textValue()).isEqualTo("CANCELLED");
        var statistics = json(send("GET", ACCOUNTS + "/" + ID + "/token/statistics?days=1", ""));
        assertThat(statistics.get("total").intValue()).isEqualTo(1);
        assertThat(statistics.get("cancelled").intValue()).isEqualTo(1);
        assertThat(statistics.at("/byTrigger/MANUAL").intValue()).isEqualTo(1);
    }

    @Test
    void the_tokens_of_all_accounts_that_fit_are_refreshed() {
        create("U1");
        create("U2");

        var all = json(send("POST", "/api/v1/token-refreshes", "{\"broker\": \"acme\", \"force\": true}"));

        assertThat(all.get("begun").intValue()).isEqualTo(2);
        assertThat(json(send("POST", "/api/v1/token-refreshes", "{\"owner\": \"nobody\"}"))
                        .get("accounts"))
                .isEmpty();
    }

    @Test
    void a_new_master_key_wraps_everything_anew_step_by_step() {
        create("U1");
        create("U2");
        assertThat(new KeyFile(folder.resolve("vault.keys")).addVersion()).isEqualTo(2);

        var first = json(send("POST", "/api/v1/vault/rewrap", "{\"accounts\": 1}"));
        assertThat(first.get("rewrapped").intValue()).isEqualTo(1);
        assertThat(first.get("left").intValue()).isEqualTo(1);
        var second = json(send("POST", "/api/v1/vault/rewrap", "{}"));

        assertThat(second.get("left").intValue()).isZero();
        assertThat(second.at("/vault/secretsByKeyVersion/2").intValue()).isEqualTo(2);
        var checked = json(send("POST", "/api/v1/vault/check", "{}"));
        assertThat(checked.get("opened").intValue()).isEqualTo(2);
        assertThat(checked.get("faults")).isEmpty();
    }

    @Test
    void a_secret_that_was_moved_to_another_account_is_found() {
        create("U1");
        create("U2");
        var one = desk.copy().account(ID).orElseThrow();
        var other = desk.copy().account("acme:production:U2").orElseThrow();
        other.setSecrets(one.getSecrets());
        desk.copy().putAccount(other.getId(), other);

        var checked = json(send("POST", "/api/v1/vault/check", "{}"));

        assertThat(checked.at("/faults/0/accountId").textValue()).isEqualTo("acme:production:U2");
        assertThat(checked.get("faults")).hasSize(1);
    }

    @Test
    void what_is_done_with_an_account_is_recorded_by_kind_and_with_its_id() {
        create("U1");
        send("PUT", ACCOUNTS + "/" + ID + "/token", "{\"accessToken\": \"" + TOKEN + "\"}");
        send("PATCH", ACCOUNTS + "/" + ID, "{\"name\": 7}");
        send("DELETE", ACCOUNTS + "/" + ID, "");

        assertThat(security.events())
                .extracting(event -> event.getKind() + " " + event.getResult() + " " + event.getBrokerAccount() + " "
                        + event.getAccount())
                .containsExactly(
                        "account_create SUCCESS " + ID + " null",
                        "account_token_issue SUCCESS " + ID + " null",
                        "account_update REFUSED " + ID + " null",
                        "account_delete SUCCESS " + ID + " null");
    }

    @Test
    void nothing_that_the_desk_is_sent_or_the_audit_records_has_a_secret_in_clear() {
        create("U1");
        send("PUT", ACCOUNTS + "/" + ID + "/token", "{\"accessToken\": \"" + TOKEN + "\"}");
        send("POST", ACCOUNTS, "{\"secrets\": {\"clientSecret\": \"" + SECRET + "\"}, \"" + SECRET.length() + "\": 1}");

        var account = desk.copy().account(ID).orElseThrow();
        var all = new ArrayList<>(answers);
        all.add(account.toString());
        account.getSecrets()
                .forEach(secret -> all.add(StandardCharsets.ISO_8859_1
                        .decode(secret.getSealed().duplicate())
                        .toString()));
        security.events().forEach(event -> all.add(event.toString()));
        assertThat(all).hasSizeGreaterThan(4).noneMatch(text -> text.contains(SECRET) || text.contains(TOKEN));
    }

    private HttpResponse<String> create(String number) {
        return send("POST", ACCOUNTS, body(number));
    }

    private static String body(String number) {
        return """
                {"owner": "desk-1", "name": "Main", "number": "%s", "broker": "acme", "environment": "PRODUCTION",
                 "permissions": ["us_stock"], "properties": {"clientId": "me"}, "secrets": {"clientSecret": "%s"}}""".formatted(number, SECRET);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        var answer = api.send(method, path, body, headers(admin));
        answers.add(answer.body());
        return answer;
    }

    private static String[] headers(String key, String... more) {
        var headers = new ArrayList<>(List.of("Authorization", "Bearer " + key, "Content-Type", "application/json"));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }
}
