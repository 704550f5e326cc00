package io.bursar.connect;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** What the settings of all sinks of the journal say. Immutable. */
public abstract class JournalSinkConfig extends AbstractConfig {
    /**
     * @param definition with those of {@link SinkSettings#addTo}
     * @throws ConfigException naming the setting, its value and the rule
     */
    protected JournalSinkConfig(ConfigDef definition, Map<String, String> settings) {
        super(definition, settings, false);
        var problems = SinkSettings.problems(settings);
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
    }

    /** The one that the sink reads. */
    public final String topic() {
        return originalsStrings().get(SinkSettings.TOPICS).strip();
    }

    /** How long what may pass is tried again. */
    public final Duration retryFor() {
        return Duration.ofMillis(getLong(SinkSettings.RETRY_FOR_MS));
    }
}
