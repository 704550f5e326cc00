package io.bursar.connect;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** What the settings of all sinks say. Immutable. */
public abstract class SinkConfig extends AbstractConfig {
    /**
     * @param definition with those of {@link SinkSettings#addTo}
     * @param problems of the settings that the worker reads, by setting
     * @throws ConfigException naming the setting, its value and the rule
     */
    protected SinkConfig(ConfigDef definition, Map<String, String> settings, Map<String, String> problems) {
        super(definition, settings, false);
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
    }

    /** How long what may pass is tried again. */
    public final Duration retryFor() {
        return Duration.ofMillis(getLong(SinkSettings.RETRY_FOR_MS));
    }
}
