package io.bursar.connect.postgres;

import io.bursar.connect.JournalDecoder;
import io.bursar.connect.JournalRecord;
import io.bursar.connect.Retries;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Fills the tables anew from the beginning of the journal, beside those in use, and puts the new ones in their place when
 * they have caught up. The connector may run all the time: its tasks find the new tables with their next batch and go on
 * where those end. The old tables stay under another name; those of the desk, which do not come from the journal, move to
 * the new ones as they are. For one thread only.
 */
public final class Rebuild {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY_FOR = Duration.ofMinutes(10);

    private final Consumer<?, byte[]> consumer;
    private final JournalDecoder decoder;
    private final DataSource database;
    private final DataSource migrating;
    private final Schema live;
    private final String topic;
    private final Progress progress;

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param entries how many were written so far
         * @param left how many offsets there were left when it was looked at last, those without an entry included
         */
        void written(long entries, long left);
    }

    /**
     * What was done.
     *
     * @param entries how many were written
     * @param replaced what the old tables' schema is called now; null when there was none
     */
    public record Result(long entries, Schema replaced) {}

    /**
     * @param consumer of the journal, read_committed and without a group; it is assigned partitions here
     * @param database gives connections without auto-commit, two at the same time
     * @param migrating gives connections with auto-commit, several at the same time
     * @param live the schema whose tables are replaced
     */
    public Rebuild(
            Consumer<?, byte[]> consumer,
            JournalDecoder decoder,
            DataSource database,
            DataSource migrating,
            Schema live,
            String topic,
            Progress progress) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.database = database;
        this.migrating = migrating;
        this.live = live;
        this.topic = topic;
        this.progress = progress;
    }

    /**
     * Does all of it. What an earlier try has left behind is dropped first, and the tables in use are brought to the
     * version of this build. When this fails, they hold what they did.
     *
     * @throws SQLException when the database fails, for longer than ten minutes where it may pass
     * @throws SinkConflictException when the journal does not follow from its beginning or holds something else than
     *     entries, or when the tables in use hold what the topic does not
     * @throws InterruptedException when the thread is interrupted while it waits for the database
     */
    public Result run() throws SQLException, InterruptedException {
        var fresh = live.rebuild();
        execute("DROP SCHEMA IF EXISTS " + fresh.quoted() + " CASCADE");
        if (exists(live)) {
            Migrations.apply(migrating, live);
        }
        Migrations.apply(migrating, fresh);
        var filling = new Filling(new JournalTables(database, fresh, topic));
        filling.upTo(consumer.endOffsets(filling.partitions));
        var replaced = exists(live) ? live.replaced(Instant.now()) : null;
        try (var connection = database.getConnection()) {
            swap(connection, filling, fresh, replaced);
            connection.commit();
        }
        return new Result(filling.entries, replaced);
    }

    /** The live tasks wait while this has their rows: for the little that has come since the new tables caught up. */
    private void swap(Connection connection, Filling filling, Schema fresh, Schema replaced)
            throws SQLException, InterruptedException {
        if (replaced != null) {
            var offsets = lockOffsets(connection);
            checkEnds(offsets, filling);
            filling.upTo(offsets);
            moveDesk(connection, fresh);
            copyGrants(connection, fresh);
            // A task that waits for its row under the old name must not take it for its own.
            execute(connection, "UPDATE " + live.table("sink_offsets") + " SET owner = NULL");
            execute(connection, "ALTER SCHEMA " + live.quoted() + " RENAME TO " + replaced.quoted());
        }
        execute(connection, "UPDATE " + fresh.table("sink_offsets") + " SET owner = NULL");
        execute(connection, "ALTER SCHEMA " + fresh.quoted() + " RENAME TO " + live.quoted());
    }

    /** Locks those of all sinks; the journal's. */
    private Map<TopicPartition, Long> lockOffsets(Connection connection) throws SQLException {
        var offsets = new HashMap<TopicPartition, Long>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT topic, partition, next_offset, sink FROM "
                        + live.table("sink_offsets") + " ORDER BY topic, partition FOR UPDATE")) {
            while (result.next()) {
                if (result.getString(4).equals(JournalTables.SINK)) {
                    offsets.put(new TopicPartition(result.getString(1), result.getInt(2)), result.getLong(3));
                }
            }
        }
        return offsets;
    }

    private void checkEnds(Map<TopicPartition, Long> offsets, Filling filling) {
        var ends = consumer.endOffsets(filling.partitions);
        offsets.forEach((partition, offset) -> {
            if (offset > ends.getOrDefault(partition, 0L)) {
                throw new SinkConflictException("Schema " + live + " holds " + partition + " up to offset " + offset
                        + ", which ends at " + ends.getOrDefault(partition, 0L) + ": it was filled from another topic"
                        + " than " + topic + ", and new tables would have less in them. Nothing was replaced");
            }
        });
    }

    /** With the offsets from which the desk's sink goes on, so that it misses nothing and writes nothing twice. */
    private void moveDesk(Connection connection, Schema fresh) throws SQLException {
        for (var table : DeskTables.ALL) {
            execute(connection, "DROP TABLE " + fresh.table(table.name()));
            execute(connection, "ALTER TABLE " + live.table(table.name()) + " SET SCHEMA " + fresh.quoted());
        }
        execute(
                connection,
                "WITH moved AS (DELETE FROM " + live.table("sink_offsets") + " WHERE sink <> '" + JournalTables.SINK
                        + "' RETURNING *) INSERT INTO " + fresh.table("sink_offsets") + " SELECT * FROM moved");
    }

    /** Who may read the old tables may read the new ones. */
    private void copyGrants(Connection connection, Schema fresh) throws SQLException {
        var grants = new ArrayList<String>();
        try (var statement = connection.prepareStatement("""
                WITH old AS (SELECT oid, nspacl, nspowner FROM pg_namespace WHERE nspname = ?),
                  new AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ?)
                SELECT format('GRANT %s ON SCHEMA %I TO %s', acl.privilege_type, new.nspname,
                    CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END)
                FROM old, new, aclexplode(old.nspacl) acl
                WHERE acl.grantee <> old.nspowner
                UNION ALL
                SELECT format('GRANT %s ON %I.%I TO %s', acl.privilege_type, new.nspname, was.relname,
                    CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END)
                FROM old, new, pg_class was, pg_class now, aclexplode(was.relacl) acl
                WHERE was.relnamespace = old.oid AND now.relnamespace = new.oid AND now.relname = was.relname
                  AND was.relkind IN ('r', 'p', 'v') AND acl.grantee <> was.relowner""")) {
            statement.setString(1, live.name());
            statement.setString(2, fresh.name());
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    grants.add(result.getString(1));
                }
            }
        }
        for (var grant : grants) {
            execute(connection, grant);
        }
    }

    private boolean exists(Schema schema) throws SQLException {
        try (var connection = migrating.getConnection();
                var statement = connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            statement.setString(1, schema.name());
            try (var result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = migrating.getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The new tables, and how far they are. */
    private final class Filling {
        final JournalTables tables;
        final List<TopicPartition> partitions;
        final Retries retries = new Retries(RETRY_FOR, System::nanoTime, new SplittableRandom());
        long entries;

        Filling(JournalTables tables) throws SQLException {
            this.tables = tables;
            this.partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            tables.claim(partitions).forEach((partition, offset) -> consumer.seek(partition, offset));
        }

        void upTo(Map<TopicPartition, Long> ends) throws SQLException, InterruptedException {
            for (long left = left(ends); left > 0; left = left(ends)) {
                var records = new ArrayList<JournalRecord>();
                for (var record : consumer.poll(POLL)) {
                    records.add(new JournalRecord(record.partition(), record.offset(), entry(record)));
                }
                write(records);
                progress.written(entries, left(ends));
            }
        }

        private JournalEntry entry(ConsumerRecord<?, byte[]> record) {
            try {
                return decoder.decode(record.value());
            } catch (MalformedRecordException | UnknownSchemaException e) {
                throw new SinkConflictException("Topic " + topic + ", partition " + record.partition() + ", offset "
                        + record.offset() + " holds no journal entry: " + e.getMessage());
            }
        }

        /** Until the records are in the tables, or the consumer is where those end. */
        private void write(List<JournalRecord> records) throws SQLException, InterruptedException {
            boolean isDone = false;
            while (!isDone) {
                try {
                    if (tables.write(records)) {
                        entries += records.size();
                    } else {
                        goOnWhereTheTablesEnd();
                    }
                    isDone = true;
                    retries.succeeded();
                } catch (SQLException e) {
                    waitAfter(e);
                }
            }
        }

        private void goOnWhereTheTablesEnd() {
            for (var partition : partitions) {
                if (!tables.isClaimed(partition)) {
                    throw new SinkConflictException("Somebody else has taken the new tables away");
                }
                consumer.seek(partition, tables.nextOffset(partition));
            }
        }

        private void waitAfter(SQLException failure) throws SQLException, InterruptedException {
            var wait = SqlFailures.mayPass(failure) ? retries.failed() : OptionalLong.empty();
            if (wait.isEmpty()) {
                throw failure;
            }
            Thread.sleep(wait.getAsLong());
        }

        private long left(Map<TopicPartition, Long> ends) {
            return ends.entrySet().stream()
                    .filter(end -> end.getValue() > 0)
                    .collect(Collectors.summingLong(
                            end -> Math.max(0, end.getValue() - consumer.position(end.getKey()))));
        }
    }
}
