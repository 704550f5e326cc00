package io.bursar.cli.sinks;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.progress.Text;
import io.bursar.connect.JournalDecoder;
import io.bursar.connect.postgres.Database;
import io.bursar.connect.postgres.Rebuild;
import io.bursar.connect.postgres.Schema;
import io.bursar.connect.postgres.SinkConflictException;
import java.sql.SQLException;

/** Fills the tables of PostgreSQL anew. Runs once, on one thread; {@link #progress} is for any thread. */
public final class TableRebuild {
    private final Connection connection;
    private final String url;
    private final Schema schema;
    private volatile long entries;
    private volatile long left;

    /**
     * Connects to nothing yet.
     *
     * @param url of the database, for JDBC
     * @param schema that the tables lie in
     * @throws CommandException when that is no name of a schema
     */
    public TableRebuild(Connection connection, String url, String schema) {
        this.connection = connection;
        this.url = url;
        try {
            this.schema = new Schema(schema);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    /**
     * Does all of it; the tables in use stay as they were when it fails.
     *
     * @throws CommandException when journal and tables do not fit together
     * @throws SQLException when the database fails
     */
    public Rebuild.Result run() throws SQLException, InterruptedException {
        var user = SinkTarget.variable("SINK_POSTGRES_USER");
        var password = SinkTarget.variable("SINK_POSTGRES_PASSWORD");
        try (var consumer = connection.consumer();
                var database = Database.connections(url, user, password, 2);
                var migrating = Database.migrating(url, user, password)) {
            var decoder = new JournalDecoder(connection.registry());
            var topic = connection.topics().journal();
            return new Rebuild(consumer, decoder, database, migrating, schema, topic, this::written).run();
        } catch (SinkConflictException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private void written(long soFar, long offsetsLeft) {
        entries = soFar;
        left = offsetsLeft;
    }

    /** What it is at, in a few words. */
    public String progress() {
        return "journal entries written %s, offsets left %s".formatted(Text.count(entries), Text.count(left));
    }
}
