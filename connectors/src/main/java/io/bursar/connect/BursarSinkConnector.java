package io.bursar.connect;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;

/** What the sinks have in common: their tasks all have the settings of the connector. */
public abstract class BursarSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    /** @throws ConfigException naming everything that is wrong */
    protected abstract void check(Map<String, String> props);

    /** What is wrong with settings that the worker reads: by setting, in words. */
    protected abstract Map<String, String> problems(Map<String, String> props);

    /** @throws ConfigException naming everything that is wrong */
    @Override
    public final void start(Map<String, String> props) {
        check(props);
        settings = Map.copyOf(props);
    }

    /** Every task gets the same; which partitions are whose, Kafka decides. */
    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, settings);
    }

    /** Also checks what the worker reads of the connector's settings, so that a mistake shows before anything runs. */
    @Override
    public final Config validate(Map<String, String> props) {
        var validated = super.validate(props);
        problems(props)
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
    public final void stop() {
        // The tasks hold everything that there is to close.
    }

    /** Of this build, as a worker shows it. */
    @Override
    public final String version() {
        return Version.VERSION;
    }
}
