package io.bursar.connect.postgres;

import static io.bursar.connect.postgres.DeskTopics.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.connect.postgres.Proxy.Cut;
import io.bursar.schemas.RefreshOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit, broker accounts and the refreshes of their tokens in the tables, each once. */
class DeskSinkTest {
    private static final String ID = "acme:production:U1";

    private final RegistryStub registry = new RegistryStub();
    private final TestDatabase database = new TestDatabase();
    private final DeskTopics topics = new DeskTopics();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON.plusSeconds(60));

    @AfterEach
    void close() {
        registry.close();
        database.close();
    }

    @Test
    void an_event_of_the_audit_has_a_row_with_all_that_it_says() {
        topics.append(DeskTopics.event("r-1", NOON));
        try (var worker = worker()) {
            worker.start().assignAll().drain(10);
        }

        assertThat(database.rows(
                        "SELECT occurred_at = '2026-03-02T12:00:00Z' AS at, audit_partition, audit_offset, kind,"
                                + " severity, result, action, status, reason, key_id, address, request_id, account_id,"
                                + " broker_account_id, subject, unrecorded FROM bursar.audit_log"))
                .singleElement()
                .satisfies(row -> assertThat(row.values())
                        .containsExactly(
                                true,
                                0,
                                0L,
                                "api_key_create",
                                "WARNING",
                                "SUCCESS",
                                "POST /api/v1/keys",
                                201,
                                null,
                                "abcdefghijkl",
                                "127.0.0.1",
                                "r-1",
                                null,
                                ID,
                                "mnopqrstuvwx",
                                0L));
    }

    @Test
    void a_broker_account_has_the_row_of_its_last_state() {
        topics.append(DeskTopics.account(ID, 1));
        topics.append(DeskTopics.account("acme:sandbox:U2", 1));
        topics.append(DeskTopics.account(ID, 2));
        try (var worker = worker()) {
            worker.start().assignAll().drain(2);
        }

        assertThat(database.count("broker_accounts")).isEqualTo(2);
        assertThat(account(ID))
                .containsEntry("revision", 2L)
                .containsEntry("name", "Main \"one\"")
                .containsEntry("token_version", 2L)
                .containsEntry("token_status", "VALID")
                .containsEntry("token_hash", "ab".repeat(32))
                .containsEntry("calls_of_day", 17L)
                .containsEntry("deleted_at", null);
        assertThat(database.rows("SELECT array_to_string(tags, '|') AS tags, last_call_on::text AS day,"
                        + " properties ->> 'clientId' AS client, operations -> 'place_order' ->> 'errors' AS errors"
                        + " FROM bursar.broker_accounts WHERE broker_account_id = '" + ID + "'"))
                .containsExactly(Map.of("tags", "a,b|c\"d", "day", "2026-03-02", "client", "42", "errors", "2"));
    }

    @Test
    void of_secrets_the_tables_have_names_and_versions_and_nothing_that_is_sealed() {
        topics.append(DeskTopics.event("r-1", NOON));
        topics.append(DeskTopics.account(ID, 5));
        topics.append(DeskTopics.refresh(ID, 1, RefreshOutcome.SUCCEEDED));
        try (var worker = worker()) {
            worker.start().assignAll().drain(10);
        }

        assertThat(database.value("SELECT secrets = '{\"clientSecret\": {\"version\": 1, \"keyVersion\": 3},"
                        + " \"accessToken\": {\"version\": 5, \"keyVersion\": 3},"
                        + " \"refreshToken\": {\"version\": 5, \"keyVersion\": 2}}'::jsonb"
                        + " FROM bursar.broker_accounts"))
                .isEqualTo(true);
        var everything = DeskTables.ALL.stream()
                .flatMap(table -> database.rows("SELECT t::text AS row FROM bursar." + table.name() + " t").stream())
                .map(row -> (String) row.get("row"))
                .collect(Collectors.joining("\n"));
        assertThat(everything)
                .contains("clientSecret")
                .doesNotContain(DeskTopics.SEALED)
                .doesNotContain(HexFormat.of().formatHex(DeskTopics.SEALED.getBytes(StandardCharsets.UTF_8)))
                .doesNotContain(Base64.getEncoder().encodeToString(DeskTopics.SEALED.getBytes(StandardCharsets.UTF_8)));
        assertThat(database.rows("SELECT 1 FROM information_schema.columns WHERE table_schema = 'bursar'"
                        + " AND table_name IN ('audit_log', 'broker_accounts', 'token_refreshes')"
                        + " AND data_type = 'bytea'"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void a_deleted_account_keeps_its_row_with_the_time_and_one_that_is_made_again_loses_it(int atOnce) {
        topics.append(DeskTopics.account(ID, 1));
        topics.append(DeskTopics.account("acme:sandbox:U2", 1));
        topics.delete(ID, NOON.plusSeconds(7));
        topics.delete("acme:sandbox:U2", NOON.plusSeconds(8));
        topics.append(DeskTopics.account("acme:sandbox:U2", 2));
        topics.delete("acme:production:never-seen", NOON);
        try (var worker = worker()) {
            worker.start().assignAll().drain(atOnce);
        }

        assertThat(database.rows("SELECT broker_account_id AS id, revision,"
                        + " extract(epoch FROM deleted_at - '2026-03-02T12:00:00Z')::integer AS after"
                        + " FROM bursar.broker_accounts ORDER BY 1"))
                .extracting(row ->
                        List.copyOf(row.values().stream().map(String::valueOf).toList()))
                .containsExactly(List.of(ID, "1", "7"), List.of("acme:sandbox:U2", "2", "null"));
    }

    @Test
    void a_refresh_has_one_row_which_outlives_its_place_in_the_topic() {
        topics.append(DeskTopics.refresh(ID, 1, RefreshOutcome.PENDING));
        topics.append(DeskTopics.refresh(ID, 1, RefreshOutcome.FAILED));
        topics.append(DeskTopics.refresh(ID, 501, RefreshOutcome.PENDING));
        try (var worker = worker()) {
            worker.start().assignAll().drain(2);
        }

        assertThat(database.rows("SELECT number, outcome, code, ended_at IS NULL AS open FROM bursar.token_refreshes"
                        + " ORDER BY number"))
                .extracting(row -> row.values().stream().map(String::valueOf).toList())
                .containsExactly(
                        List.of("1", "FAILED", "TIMED_OUT", "false"), List.of("501", "PENDING", "null", "true"));
    }

    @Test
    void a_task_that_starts_again_goes_on_where_the_tables_end() {
        events(20);
        topics.append(DeskTopics.account(ID, 1));
        try (var first = worker()) {
            first.start().assignAll().deliver(7);
        }
        events(20);
        try (var second = worker()) {
            second.start().assignAll().drain(7);
        }

        assertThat(database.count("audit_log")).isEqualTo(40);
        assertThat(database.count("broker_accounts")).isEqualTo(1);
        assertThat(database.rows("SELECT sink, topic FROM bursar.sink_offsets ORDER BY topic"))
                .extracting(row -> List.copyOf(row.values()))
                .containsExactly(
                        List.of("desk", "bursar.audit"),
                        List.of("desk", "bursar.broker-account-states"),
                        List.of("desk", "bursar.token-history"));
    }

    @Test
    void events_that_are_read_again_from_the_beginning_change_nothing() {
        events(20);
        try (var worker = worker()) {
            worker.start().assignAll().drain(10);
        }
        database.execute("DELETE FROM bursar.sink_offsets");
        database.execute("UPDATE bursar.audit_log SET kind = 'as it was'");
        try (var worker = worker()) {
            worker.start().assignAll().drain(10);
        }

        assertThat(database.rows("SELECT DISTINCT kind, count(*) OVER () AS rows FROM bursar.audit_log"))
                .containsExactly(Map.of("kind", "as it was", "rows", 20L));
    }

    @ParameterizedTest
    @EnumSource(
            value = Cut.class,
            names = {"BEFORE_THE_COMMIT", "BEFORE_ITS_ANSWER"})
    void a_connection_that_is_lost_around_a_commit_leads_to_each_row_once(Cut cut) throws IOException {
        events(60);
        var settings = settings();
        try (var proxy = new Proxy(TestDatabase.port())) {
            settings.put("connection.url", database.url(proxy.port()) + "?prepareThreshold=0");
            // The task's own statements in between would be cut off as well.
            settings.put("audit.retention.days", "0");
            try (var worker = worker(settings)) {
                worker.start().assignAll().deliver(20);
                proxy.cut(cut);

                assertThat(worker.tryDeliver(20)).isFalse();
                assertThat(database.count("audit_log")).isEqualTo(cut == Cut.BEFORE_THE_COMMIT ? 20 : 40);
                worker.drain(20);
            }
        }
        assertThat(database.count("audit_log")).isEqualTo(60);
    }

    @Test
    void a_task_that_was_replaced_without_noticing_stops_and_writes_nothing() {
        events(20);
        try (var zombie = worker();
                var successor = worker()) {
            zombie.start().assignAll().deliver(5);
            successor.start().assignAll();

            assertThatThrownBy(() -> zombie.deliver(5))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Partition 0 of bursar.audit belongs to writer ");
            assertThat(database.count("audit_log")).isEqualTo(5);
            successor.drain(5);
        }
        assertThat(database.count("audit_log")).isEqualTo(20);
    }

    @Test
    void both_sinks_write_to_one_schema_and_a_rebuild_of_the_journals_tables_leaves_the_others_as_they_are()
            throws Exception {
        var entries = new RandomJournal(1, 3);
        var journal = new Topic(2).append(entries.steps(100).take());
        events(10);
        topics.append(DeskTopics.account(ID, 1));
        try (var ofJournal = new Worker(journal, Worker.settings(database.url(), registry.url()));
                var ofDesk = worker()) {
            ofDesk.start().assignAll().drain(10);
            ofJournal.start().assignAll().drain(30);

            var result = RebuildTest.rebuild(database, registry, journal);

            assertThat(database.count("audit_log")).isEqualTo(10);
            events(10);
            ofDesk.drain(10);
            journal.append(entries.steps(20).take());
            ofJournal.drain(30);
            assertThat(database.rows("SELECT 1 FROM pg_tables WHERE schemaname = '"
                            + result.replaced().name() + "' AND tablename = 'audit_log'"))
                    .isEmpty();
        }
        Expected.of(journal.all()).check(database, "bursar");
        assertThat(database.count("audit_log")).isEqualTo(20);
        assertThat(account(ID)).containsEntry("revision", 1L);
    }

    @Test
    void bytes_that_are_no_event_stop_the_task_and_the_message_says_where_they_lie() {
        events(3);
        topics.audit.append(0, "key", new byte[] {1, 2, 3});
        try (var worker = worker()) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.deliver(10))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("Topic bursar.audit, partition 0, offset ")
                    .hasMessageContaining("holds no audit event");
        }
        assertThat(database.count("audit_log")).isZero();
    }

    @Test
    void a_record_of_another_kind_than_the_topics_is_reported_and_left_out_where_the_worker_tolerates_errors() {
        var event = topics.append(DeskTopics.event("r-1", NOON));
        var bad = topics.accounts.append(0, ID, event.value());
        topics.append(DeskTopics.account(ID, 1));
        var deletion = topics.refreshes.append(0, ID + "/1", null);
        try (var worker = worker().toleratingErrors()) {
            worker.start().assignAll().drain(10);

            assertThat(worker.reported).containsExactlyInAnyOrder(bad, deletion);
        }
        assertThat(account(ID)).containsEntry("revision", 1L);
    }

    @Test
    void a_key_that_a_converter_has_changed_is_refused_with_the_setting_to_change() {
        topics.accounts.append(0, new byte[] {1}, null, 0);
        try (var worker = worker()) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.deliver(10))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("key.converter=org.apache.kafka.connect.storage.StringConverter");
        }
    }

    @Test
    void rows_of_the_audit_that_are_too_old_go_a_few_at_a_time_and_not_with_every_batch() {
        int old = AuditRetention.MOST_AT_ONCE + 200;
        for (int i = 0; i < old; i++) {
            topics.append(DeskTopics.event("old-" + i, NOON.plusSeconds(i)));
        }
        topics.append(DeskTopics.event("young", NOON.plus(Duration.ofDays(8))));
        var settings = settings();
        settings.put("audit.retention.days", "7");
        try (var worker = worker(settings)) {
            worker.start().assignAll().drain(10_000);
            assertThat(database.count("audit_log")).isEqualTo(old + 1);

            // Within the hour nothing is looked for, however old it is.
            now.set(now.get().plus(Duration.ofMinutes(59)));
            worker.deliver(10);
            now.set(NOON.plus(Duration.ofDays(8)));
            worker.deliver(10);
            assertThat(database.count("audit_log")).isEqualTo(201);
            worker.deliver(10);
            assertThat(database.count("audit_log")).isEqualTo(201);
            now.set(now.get().plusSeconds(1));
            worker.deliver(10);
        }
        assertThat(database.rows("SELECT request_id FROM bursar.audit_log"))
                .containsExactly(Map.of("request_id", "young"));
    }

    @Test
    void without_a_retention_nothing_of_the_audit_goes() {
        topics.append(DeskTopics.event("old", Instant.EPOCH));
        var settings = settings();
        settings.put("audit.retention.days", "0");
        try (var worker = worker(settings)) {
            worker.start().assignAll().drain(10).deliver(1);
            now.set(now.get().plus(Duration.ofDays(1)));
            worker.deliver(1);
        }
        assertThat(database.count("audit_log")).isEqualTo(1);
    }

    private void events(int count) {
        for (int i = 0; i < count; i++) {
            topics.append(DeskTopics.event("r-" + i, NOON.plusMillis(i)));
        }
    }

    private Map<String, Object> account(String id) {
        return database.rows("SELECT * FROM bursar.broker_accounts WHERE broker_account_id = '" + id + "'")
                .getFirst();
    }

    private Worker worker() {
        return worker(settings());
    }

    private Worker worker(Map<String, String> settings) {
        return new Worker(new DeskSinkTask(now::get), settings, topics.all());
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(Worker.settings(database.url(), registry.url()));
        settings.put("topics", "bursar.audit,bursar.broker-account-states,bursar.token-history");
        return settings;
    }
}
