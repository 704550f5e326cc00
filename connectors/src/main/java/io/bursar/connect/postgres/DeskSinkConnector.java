package io.bursar.connect.postgres;

import io.bursar.connect.BursarSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Writes what a desk looks up beside the ledger to the tables of a PostgreSQL database, exactly once: the audit, broker
 * accounts, and the refreshes of their tokens.
 */
public final class DeskSinkConnector extends BursarSinkConnector {
    /** For the worker, which finds the class by its name. */
    public DeskSinkConnector() {
        // Nothing to do before start.
    }

    @Override
    protected void check(Map<String, String> props) {
        var unused = new DeskSinkConfig(props);
    }

    @Override
    protected Map<String, String> problems(Map<String, String> props) {
        return DeskSinkConfig.problems(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DeskSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return DeskSinkConfig.DEFINITION;
    }
}
