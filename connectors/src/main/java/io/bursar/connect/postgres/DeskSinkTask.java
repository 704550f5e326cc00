package io.bursar.connect.postgres;

import io.bursar.connect.postgres.DeskSinkConfig.Input;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.SchemaRegistryClient;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/** Writes the partitions of the desk's topics that the worker gives it. For the worker's one thread. */
public final class DeskSinkTask extends TablesSinkTask<DeskRecord> {
    private final InstantSource clock;
    private DeskSinkConfig config;
    private SchemaRegistry registry;
    private AuditRetention retention;

    /** For the worker, which finds the class by its name. */
    public DeskSinkTask() {
        this(InstantSource.system());
    }

    DeskSinkTask(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void start(Map<String, String> props) {
        config = new DeskSinkConfig(props);
        registry = new SchemaRegistryClient(config.originals());
        var settings = config.database();
        retention = new AuditRetention(settings.schema(), config.auditRetention(), clock);
        begin(
                config.retryFor(),
                settings,
                new DeskReader(config, registry, context),
                database -> new DeskTables(database, settings.schema()));
    }

    @Override
    void tend(DataSource database, Set<TopicPartition> claimed) throws SQLException {
        if (claimed.stream().anyMatch(partition -> config.inputOf(partition.topic()) == Input.AUDIT)) {
            retention.enforce(database);
        }
    }

    @Override
    public void stop() {
        super.stop();
        if (registry != null) {
            registry.close();
        }
    }
}
