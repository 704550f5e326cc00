package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.connect.postgres.Proxy.Cut;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away, is slow, or refuses: nothing is lost and nothing is written twice. */
class OutageTest extends SinkTest {
    @ParameterizedTest
    @EnumSource(
            value = Cut.class,
            names = {"BEFORE_THE_COMMIT", "BEFORE_ITS_ANSWER"})
    void a_connection_that_is_lost_around_a_commit_leads_to_each_row_once(Cut cut) throws IOException {
        var topic = append(new Topic(2), 200);
        try (var proxy = new Proxy(TestDatabase.port());
                var worker = worker(topic, "connection.url", database.url(proxy.port()) + "?prepareThreshold=0")) {
            worker.start().assignAll().deliver(60);
            var before = database.count("journal");
            proxy.cut(cut);

            assertThat(worker.tryDeliver(20)).isFalse();
            assertThat(proxy.hasCut()).isTrue();
            assertThat(database.count("journal")).isEqualTo(cut == Cut.BEFORE_THE_COMMIT ? before : before + 40);

            // Before the answer: the same batch comes again, and is not written again.
            worker.deliver(20);
            assertThat(database.count("journal")).isEqualTo(before + 40);
            worker.drain(20);
        }
        checkTables(topic);
    }

    @Test
    void a_session_that_the_server_ends_is_replaced() {
        var topic = append(new Topic(2), 200);
        try (var worker = worker(topic)) {
            worker.start().assignAll();
            while (!worker.isAtEnd()) {
                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'bursar-sink'");
                while (!worker.tryDeliver(50)) {
                    assertThat(worker.timeoutMs()).isPositive();
                }
            }
        }
        checkTables(topic);
    }

    @Test
    void a_replica_that_was_behind_and_became_the_server_is_filled_up_again() {
        var topic = append(new Topic(2), 300);
        try (var worker = worker(topic)) {
            worker.start().assignAll().deliver(60);
            database.rememberAsReplica();
            while (!worker.tryDeliver(60)) {
                assertThat(worker.timeoutMs()).isPositive();
            }
            database.failOver();

            while (!worker.isAtEnd()) {
                worker.tryDeliver(60);
            }
        }
        checkTables(topic);
    }

    @Test
    void a_restart_of_the_database_is_waited_for(@TempDir Path folder) throws IOException, SQLException {
        var topic = append(new Topic(1), 100);
        int port;
        Worker worker;
        try (var server = start(folder, 0)) {
            port = server.getPort();
            worker = new Worker(topic, Worker.settings(server.getJdbcUrl("postgres", "postgres"), registry.url()));
            worker.start().assignAll().deliver(30);
        }
        try (worker) {
            assertThat(worker.tryDeliver(30)).isFalse();
            try (var server = start(folder, port);
                    var connection = server.getPostgresDatabase().getConnection()) {
                while (!worker.tryDeliver(30)) {
                    assertThat(worker.timeoutMs()).isPositive();
                }
                worker.drain(30);
                try (var statement = connection.createStatement();
                        var result = statement.executeQuery("SELECT count(*) FROM bursar.journal")) {
                    result.next();
                    assertThat(result.getInt(1)).isEqualTo(topic.all().size());
                }
            }
        }
    }

    private static EmbeddedPostgres start(Path folder, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "off")
                .start();
    }

    @Test
    void a_database_that_is_not_there_yet_does_not_keep_the_task_from_starting() {
        var topic = append(new Topic(1), 20);
        try (var proxy = new Proxy(1);
                var worker = worker(topic, "connection.url", database.url(proxy.port()))) {
            worker.start().assignAll();

            assertThat(worker.tryDeliver(10)).isFalse();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_does_not_pass_in_time_ends_the_task_with_what_was_tried() throws IOException {
        var topic = append(new Topic(1), 20);
        var settings = settings();
        try (var proxy = new Proxy(1)) {
            settings.put("connection.url", database.url(proxy.port()));
            settings.put("retry.for.ms", "0");
            try (var worker = new Worker(topic, settings)) {
                worker.start().assignAll();

                assertThatThrownBy(() -> worker.deliver(10))
                        .isInstanceOf(ConnectException.class)
                        .isNotInstanceOf(RetriableException.class)
                        .hasMessageContaining("Given up after 1 attempt in 0 s (retry.for.ms)")
                        .hasMessageContaining("The database is not available");
            }
        }
    }

    @Test
    void a_row_that_the_database_refuses_ends_the_task_with_table_state_and_place() {
        var topic = append(new Topic(1), 100);
        try (var worker = worker(topic)) {
            worker.start().assignAll().deliver(30);
            database.execute("ALTER TABLE bursar.postings ADD CONSTRAINT never CHECK (false) NOT VALID");
            var before = database.count("journal");
            var next = worker.positions().get(Topic.partition(0));

            assertThatThrownBy(() -> worker.deliver(30))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("SQLSTATE 23514")
                    .hasMessageContaining(Topic.NAME + "-0@")
                    .hasMessageContaining("postings: ");
            assertThat(database.count("journal")).isEqualTo(before);
            assertThat(database.value("SELECT next_offset FROM bursar.sink_offsets"))
                    .isEqualTo(next);
        }
    }

    @Test
    void a_deadlock_is_tried_again() {
        var topic = append(new Topic(1), 100);
        try (var worker = worker(topic)) {
            worker.start().assignAll().deliver(30);
            database.execute("CREATE FUNCTION bursar.fail() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE EXCEPTION 'as if' USING ERRCODE = '40P01'; END $$");
            database.execute("CREATE TRIGGER fail BEFORE INSERT ON bursar.postings EXECUTE FUNCTION bursar.fail()");
            assertThat(worker.tryDeliver(30)).isFalse();

            database.execute("DROP TRIGGER fail ON bursar.postings");
            worker.drain(30);
        }
        checkTables(topic);
    }
}
