package io.bursar.connect.redis;

import io.bursar.connect.BursarSinkConnector;
import io.bursar.connect.SinkSettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Keeps balances, positions and open orders of every account in a Redis server. */
public final class RedisSinkConnector extends BursarSinkConnector {
    /** For the worker, which finds the class by its name. */
    public RedisSinkConnector() {
        // Nothing to do before start.
    }

    @Override
    protected void check(Map<String, String> props) {
        var unused = new RedisSinkConfig(props);
    }

    @Override
    protected Map<String, String> problems(Map<String, String> props) {
        return SinkSettings.problemsOfJournal(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RedisSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return RedisSinkConfig.DEFINITION;
    }
}
