package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

/** What the connector takes, and what it refuses before anything runs. */
class ConfigTest extends SinkTest {
    private final PostgresSinkConnector connector = new PostgresSinkConnector();

    @Test
    void a_worker_finds_the_connector() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(PostgresSinkConnector.class);
    }

    @Test
    void a_right_configuration_has_no_errors_and_every_task_gets_it() {
        assertThat(errors(settings())).isEmpty();
        connector.start(settings());

        assertThat(connector.taskConfigs(3)).isEqualTo(List.of(settings(), settings(), settings()));
    }

    @Test
    void without_read_committed_nothing_runs() {
        var settings = settings();
        for (var level : new String[] {null, "read_uncommitted", ""}) {
            settings.put("consumer.override.isolation.level", level);
            settings.values().removeIf(value -> value == null);

            assertThat(errors(settings)).containsOnlyKeys("consumer.override.isolation.level");
            assertThatThrownBy(() -> connector.start(settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("consumer.override.isolation.level must be read_committed");
            assertThatThrownBy(() -> new PostgresSinkTask().start(settings)).isInstanceOf(ConfigException.class);
        }
    }

    @Test
    void exactly_one_topic_is_read() {
        for (var topics : new String[] {"a,b", " ", ""}) {
            assertThat(errors(with("topics", topics))).containsOnlyKeys("topics");
        }
        assertThat(errors(with("topics.regex", "bursar.*"))).containsOnlyKeys("topics");
    }

    @Test
    void a_converter_that_changes_the_bytes_is_refused() {
        assertThat(errors(with("value.converter", "org.apache.kafka.connect.json.JsonConverter")))
                .containsOnlyKeys("value.converter");
        assertThat(errors(with("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter")))
                .isEmpty();
    }

    @Test
    void values_that_cannot_be_right_are_refused() {
        assertThat(errors(with("connection.url", "jdbc:mysql://host/database"))).containsOnlyKeys("connection.url");
        assertThat(errors(with("schema", "Bursar; DROP"))).containsOnlyKeys("schema");
        assertThat(errors(with("migrations", "sometimes"))).containsOnlyKeys("migrations");
        assertThat(errors(with("retry.for.ms", "-1"))).containsOnlyKeys("retry.for.ms");
    }

    @Test
    void the_address_of_the_database_is_not_shown_where_it_is_wrong() {
        assertThat(errors(with("connection.url", "postgresql://user:secret@host"))
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void with_validate_missing_tables_are_named_and_none_are_made() {
        var topic = append(new Topic(1), 10);
        try (var worker = worker(topic, "migrations", "validate")) {
            assertThatThrownBy(worker::start)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Schema bursar lacks version 1 (journal in tables)")
                    .hasMessageContaining("migrations=apply");
        }
        assertThat(database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'bursar'"))
                .isEmpty();
    }

    @Test
    void with_validate_tables_of_this_version_are_written() {
        var topic = append(new Topic(1), 10);
        try (var worker = worker(topic)) {
            worker.start();
        }
        try (var worker = worker(topic, "migrations", "validate")) {
            worker.start().assignAll().drain(100);
        }
        checkTables(topic);
    }

    @Test
    void tables_lie_in_the_schema_that_is_named() {
        var topic = append(new Topic(1), 50);
        try (var worker = worker(topic, "schema", "table")) {
            worker.start().assignAll().drain(100);
        }
        Expected.of(topic.all()).check(database, "\"table\"");
    }

    @Test
    void a_wrong_password_or_name_ends_the_task_at_once() {
        var topic = append(new Topic(1), 10);
        try (var worker = worker(topic, "connection.url", database.url() + "_none")) {
            assertThatThrownBy(worker::start)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("SQLSTATE 3D000");
        }
    }

    @Test
    void every_table_and_every_column_with_units_says_what_it_holds() {
        try (var worker = worker(new Topic(1))) {
            worker.start();
        }

        assertThat(database.rows("SELECT relname FROM pg_class WHERE relnamespace = 'bursar'::regnamespace"
                        + " AND relkind IN ('r', 'p', 'v') AND NOT relispartition AND relname NOT LIKE 'flyway%'"
                        + " AND obj_description(oid, 'pg_class') IS NULL"))
                .isEmpty();
        assertThat(database.rows(
                        "SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
                                + " WHERE relnamespace = 'bursar'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
                                + " AND (attname LIKE '%\\_units' OR attgenerated = 's')"
                                + " AND col_description(attrelid, attnum) IS NULL"))
                .isEmpty();
    }

    private Map<String, String> with(String setting, String value) {
        var settings = settings();
        settings.put(setting, value);
        return settings;
    }

    private Map<String, List<String>> errors(Map<String, String> settings) {
        return connector.validate(settings).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(value -> value.name(), value -> value.errorMessages()));
    }
}
