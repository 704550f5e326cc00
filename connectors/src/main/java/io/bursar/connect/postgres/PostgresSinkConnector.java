package io.bursar.connect.postgres;

import io.bursar.connect.SinkSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes the journal to the tables of a PostgreSQL database, exactly once. */
public final class PostgresSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    /** For the worker, which finds the class by its name. */
    public PostgresSinkConnector() {
        // Nothing to do before start.
    }

    /** @throws ConfigException naming everything that is wrong */
    @Override
    public void start(Map<String, String> props) {
        settings = Map.copyOf(new PostgresSinkConfig(props).originalsStrings());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSinkTask.class;
    }

    /** Every task gets the same; which partitions are whose, Kafka decides. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, settings);
    }

    /** Also checks what the worker reads of the connector's settings, so that a mistake shows before anything runs. */
    @Override
    public Config validate(Map<String, String> props) {
        var validated = super.validate(props);
        SinkSettings.problems(props)
                .forEach(
                        (setting, problem) -> valueOf(setting, validated, props).addErrorMessage(problem));
        return validated;
    }

    private static ConfigValue valueOf(String setting, Config validated, Map<String, String> props) {
        for (var value : validated.configValues()) {
            if (value.name().equals(setting)) {
                return value;
            }
        }
        var added = new ConfigValue(setting);
        added.value(props.get(setting));
        validated.configValues().add(added);
        return added;
    }

    @Override
    public ConfigDef config() {
        return PostgresSinkConfig.DEFINITION;
    }

    @Override
    public void stop() {
        // The tasks hold everything that there is to close.
    }

    @Override
    public String version() {
        return Version.VERSION;
    }
}
