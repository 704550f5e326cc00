package io.bursar.service;

import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bursar.connect.postgres.Database;
import io.bursar.connect.postgres.Migrations;
import io.bursar.connect.postgres.Schema;
import io.bursar.service.http.Access;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.service.security.KeyRights;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who did what, from a database whose tables are the sink's. */
@TestInstance(Lifecycle.PER_CLASS)
final class AuditRouteTest {
    private static final String AUDIT = "/api/v1/audit";

    private final InMemorySecurity security = new InMemorySecurity(new MetricRegistry());
    private final Instant now = Instant.now();
    private EmbeddedPostgres postgres;
    private Api api;
    private String admin;

    @BeforeAll
    void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        var url = postgres.getJdbcUrl("postgres", "postgres");
        try (var migrating = Database.migrating(url, "postgres", "")) {
            Migrations.apply(migrating, new Schema("bursar"));
        }
        insert(1, "10 minutes", "api_key_create", "INFO", "SUCCESS", "key1", null, null);
        // Of two that happened at once the one comes first that stands later in the topic.
        insert(2, "20 minutes", "security_access_refused", "WARNING", "REFUSED", "", null, null);
        insert(3, "20 minutes", "account_create", "ERROR", "FAILURE", "key1", "A1", null);
        insert(4, "3 hours", "account_token_refresh", "INFO", "SUCCESS", "key2", null, "acme:production:U1");
        insert(5, "30 hours", "", "INFO", "SUCCESS", "key1", null, null);
        insert(6, "721 hours", "api_key_create", "INFO", "SUCCESS", "key1", null, null);
        api = new Api(new LedgerInstance(), security, url);
        admin = security.administrator();
    }

    private void insert(
            long offset,
            String ago,
            String kind,
            String severity,
            String result,
            String keyId,
            String account,
            String brokerAccount)
            throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement =
                        connection.prepareStatement("INSERT INTO bursar.audit_log (occurred_at, audit_partition,"
                                + " audit_offset, status, unrecorded, kind, severity, result, action, key_id, address, request_id,"
                                + " account_id, broker_account_id) VALUES (?::timestamptz - ?::interval, 0, ?, 200, 0, ?, ?, ?,"
                                + " 'POST /x', ?, '127.0.0.1', ?, ?, ?)")) {
            statement.setString(1, now.toString());
            statement.setString(2, ago);
            statement.setLong(3, offset);
            statement.setString(4, kind);
            statement.setString(5, severity);
            statement.setString(6, result);
            statement.setString(7, keyId);
            statement.setString(8, "r" + offset);
            statement.setString(9, account);
            statement.setString(10, brokerAccount);
            statement.executeUpdate();
        }
    }

    @AfterAll
    void stop() throws IOException {
        api.close();
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | r1 r3 r2 r4",
                "hours=1 | r1 r3 r2",
                "hours=720 | r1 r3 r2 r4 r5",
                "kind=account_ | r3 r4",
                "kind=account | r3 r4",
                "kind=api_key_create&hours=720 | r1",
                "kind=%25 | 400",
                "severity=WARNING | r2",
                "result=FAILURE | r3",
                "result=REFUSED&severity=WARNING | r2",
                "key-id=key1 | r1 r3",
                "broker-account=acme:production:U1 | r4",
                "broker-account=acme:production:U2 |",
                "account=A1 | r3",
                "account=A2 |",
                "account=%25 | 400",
                "hours=0 | 400",
                "hours=721 | 400",
                "severity=warning | 400",
                "result=OK | 400",
                "limit=0 | 400",
                "cursor=x | 400",
                "accounts=A1 | 400",
            })
    void the_events_that_are_asked_for_are_answered_the_last_first(String query, String expected) {
        var response = ask(AUDIT + (query == null ? "" : "?" + query));

        var found = response.statusCode() == 200 ? String.join(" ", requestIds(response)) : "" + response.statusCode();
        assertThat(found).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void a_list_goes_on_where_the_part_before_ended() {
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var part = ask(AUDIT + "?hours=720&limit=2" + cursor);
            found.addAll(requestIds(part));
            cursor = json(part).has("nextCursor")
                    ? "&cursor=" + json(part).get("nextCursor").textValue()
                    : null;
        } while (cursor != null);

        assertThat(found).containsExactly("r1", "r3", "r2", "r4", "r5");
    }

    @Test
    void what_there_is_not_of_an_event_is_left_out() {
        var event = json(ask(AUDIT + "?hours=720")).at("/events/4");

        assertThat(event.has("kind")).isFalse();
        assertThat(event.has("accountId")).isFalse();
        assertThat(event.has("unrecorded")).isFalse();
        assertThat(event.get("action").textValue()).isEqualTo("POST /x");
        assertThat(event.get("keyId").textValue()).isEqualTo("key1");
    }

    @Test
    void only_keys_that_may_read_as_administrators_and_are_bound_to_no_accounts_see_it() {
        var trader = security.key(InMemorySecurity.rights(Access.ACCOUNT_READ));
        var bound =
                security.key(new KeyRights("bound", List.of(Access.ADMIN_READ), List.of("A1"), null, List.of(), null));

        assertThat(reason(api.send("GET", AUDIT, "", "Authorization", "Bearer " + trader)))
                .isEqualTo("scope_missing");
        assertThat(reason(api.send("GET", AUDIT, "", "Authorization", "Bearer " + bound)))
                .isEqualTo("account_not_allowed");
    }

    @Test
    void without_a_database_it_is_refused_clearly() {
        try (var without = new Api(new LedgerInstance())) {
            var response = without.get(AUDIT);

            assertThat(response.statusCode()).isEqualTo(501);
            assertThat(reason(response)).isEqualTo("no_database");
            assertThat(json(response).get("detail").textValue()).contains("postgres.url");
        }
    }

    private HttpResponse<String> ask(String path) {
        return api.send("GET", path, "", "Authorization", "Bearer " + admin);
    }

    private static String reason(HttpResponse<String> response) {
        return json(response).get("reason").textValue();
    }

    private static List<String> requestIds(HttpResponse<String> response) {
        return json(response).get("events").findValuesAsText("requestId");
    }
}
