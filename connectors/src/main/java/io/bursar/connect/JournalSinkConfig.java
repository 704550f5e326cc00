package io.bursar.connect;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** What the settings of all sinks of the journal say. Immutable. */
public abstract class JournalSinkConfig extends SinkConfig {
    /**
     * @param definition with those of {@link SinkSettings#addTo}
     * @throws ConfigException naming the setting, its value and the rule
     */
    protected JournalSinkConfig(ConfigDef definition, Map<String, String> settings) {
        super(definition, settings, SinkSettings.problemsOfJournal(settings));
    }

    /** The one that the sink reads. */
    public final String topic() {
        return originalsStrings().get(SinkSettings.TOPICS).strip();
    }
}
