package io.bursar.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.connect.postgres.DeskSinkConnector;
import io.bursar.connect.postgres.PostgresSinkConnector;
import io.bursar.connect.redis.RedisSinkConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class ExampleConfigurationsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "${env:SINK_AUDIT_TOPIC}", "bursar.audit",
            "${env:SINK_BROKER_ACCOUNTS_TOPIC}", "bursar.broker-account-states",
            "${env:SINK_TOKEN_HISTORY_TOPIC}", "bursar.token-history",
            "${env:SINK_JOURNAL_TOPIC}", "bursar.journal",
            "${env:SINK_SCHEMA_REGISTRY_URL}", "http://127.0.0.1:18081/apis/ccompat/v7",
            "${env:SINK_POSTGRES_URL}", "jdbc:postgresql://127.0.0.1:15432/postgres",
            "${env:SINK_POSTGRES_USER}", "postgres",
            "${env:SINK_POSTGRES_PASSWORD}", "none",
            "${env:SINK_REDIS_URL}", "redis://127.0.0.1:16379",
            "${env:SINK_REDIS_PASSWORD}", "none");

    @Test
    void the_configuration_of_the_postgres_sink_is_right() throws IOException {
        requireRight("postgres-sink", new PostgresSinkConnector());
    }

    @Test
    void the_configuration_of_the_redis_sink_is_right() throws IOException {
        requireRight("redis-sink", new RedisSinkConnector());
    }

    @Test
    void the_configuration_of_the_desk_sink_is_right() throws IOException {
        requireRight("desk-sink", new DeskSinkConnector());
    }

    private static void requireRight(String name, SinkConnector connector) throws IOException {
        var example =
                new ObjectMapper().readTree(Path.of("configs", name + ".json").toFile());
        var settings = new HashMap<String, String>();
        example.path("config").properties().forEach(setting -> {
            var value = setting.getValue().asText();
            for (var variable : ENVIRONMENT.entrySet()) {
                value = value.replace(variable.getKey(), variable.getValue());
            }
            settings.put(setting.getKey(), value);
        });

        assertThat(example.path("name").asText()).isEqualTo(name);
        assertThat(settings)
                .containsEntry("connector.class", connector.getClass().getName())
                .allSatisfy((key, value) -> assertThat(value).as(key).doesNotContain("${"));
        assertThat(connector.validate(settings).configValues())
                .allSatisfy(value ->
                        assertThat(value.errorMessages()).as(value.name()).isEmpty());
    }
}
