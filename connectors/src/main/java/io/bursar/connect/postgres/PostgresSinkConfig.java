package io.bursar.connect.postgres;

import io.bursar.connect.JournalSinkConfig;
import io.bursar.connect.SinkSettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the journal's connector. Immutable. */
final class PostgresSinkConfig extends JournalSinkConfig {
    static final ConfigDef DEFINITION = SinkSettings.addTo(DatabaseSettings.addTo(new ConfigDef()));

    /** @throws ConfigException naming the setting, its value and the rule */
    PostgresSinkConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
    }

    DatabaseSettings database() {
        return new DatabaseSettings(this);
    }
}
