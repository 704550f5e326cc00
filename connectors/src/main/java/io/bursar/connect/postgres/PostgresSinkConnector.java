package io.bursar.connect.postgres;

import io.bursar.connect.BursarSinkConnector;
import io.bursar.connect.SinkSettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Writes the journal to the tables of a PostgreSQL database, exactly once. */
public final class PostgresSinkConnector extends BursarSinkConnector {
    /** For the worker, which finds the class by its name. */
    public PostgresSinkConnector() {
        // Nothing to do before start.
    }

    @Override
    protected void check(Map<String, String> props) {
        var unused = new PostgresSinkConfig(props);
    }

    @Override
    protected Map<String, String> problems(Map<String, String> props) {
        return SinkSettings.problemsOfJournal(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return PostgresSinkConfig.DEFINITION;
    }
}
