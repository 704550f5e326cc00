package io.bursar.connect.postgres;

import io.bursar.connect.JournalDecoder;
import io.bursar.connect.JournalRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.postgresql.PGConnection;

/**
 * How fast the sink writes, and how fast the same server takes the same rows by COPY alone. Run by hand, with the number
 * of orders and the number of entries of a batch. Everything is in memory before it begins, so no Kafka takes part.
 */
final class SinkBenchmark {
    private static final int ACCOUNTS = 1_000;
    private static final int ROUNDS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> TABLES =
            List.of("journal", "postings", "trades", "orders", "balances", "positions", "lots", "accounts");

    /** Durable, with the memory that a small server has. */
    private static final Map<String, String> CONFIGURATION = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "shared_buffers", "1GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "wal_buffers", "64MB");

    private SinkBenchmark() {}

    /** @param args orders, entries of a batch */
    public static void main(String[] args) throws Exception {
        int orders = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int batch = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
        var topic = new Topic(1)
                .append(new RandomJournal(1, ACCOUNTS).trading(orders).take());
        var records = topic.all();
        var builder = EmbeddedPostgres.builder();
        CONFIGURATION.forEach(builder::setServerConfig);
        try (var server = builder.start();
                var registry = new RegistryStub();
                var connection = server.getPostgresDatabase().getConnection()) {
            for (int round = 1; round <= ROUNDS; round++) {
                execute(connection, "DROP SCHEMA IF EXISTS bursar CASCADE");
                double sink = sink(server.getJdbcUrl("postgres", "postgres"), registry, records, batch);
                double copy = copy(connection, "INCLUDING ALL");
                double bare = copy(connection, "");
                System.out.printf(
                        "round %d: the sink writes %,.0f rows/s; COPY takes those that are there in the end at %,.0f rows/s"
                                + " (%.2f of that) into the same tables, and at %,.0f rows/s without indexes (%.2f)%n",
                        round, sink, copy, sink / copy, bare, sink / bare);
            }
        }
    }

    /** Rows per second, from bytes of the topic to committed rows. */
    private static double sink(String url, RegistryStub registry, List<SinkRecord> records, int batch)
            throws SQLException {
        try (var migrating = Database.migrating(url, TestDatabase.USER, "")) {
            Migrations.apply(migrating, new Schema("bursar"));
        }
        try (var connections = Database.connections(url, TestDatabase.USER, "", 1);
                var decoder = JournalDecoder.of(Map.of("schema.registry.url", registry.url()))) {
            var tables = new JournalTables(connections, new Schema("bursar"), Topic.NAME);
            tables.claim(List.of(Topic.partition(0)));
            long start = System.nanoTime();
            for (int from = 0; from < records.size(); from += batch) {
                var entries = new ArrayList<JournalRecord>();
                for (var record : records.subList(from, Math.min(from + batch, records.size()))) {
                    entries.add(new JournalRecord(0, record.kafkaOffset(), decoder.decode((byte[]) record.value())));
                }
                tables.write(entries);
            }
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            System.out.printf("  %,.0f entries/s, %,d rows%n", records.size() / seconds, tables.rowsWritten());
            return tables.rowsWritten() / seconds;
        }
    }

    /** Rows per second. */
    private static double copy(Connection connection, String like) throws SQLException, IOException {
        var contents = new HashMap<String, byte[]>();
        execute(connection, "DROP SCHEMA IF EXISTS bare CASCADE");
        execute(connection, "CREATE SCHEMA bare");
        for (var table : TABLES) {
            var out = new ByteArrayOutputStream();
            var columns = columns(connection, table, like.isEmpty());
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT " + columns + " FROM bursar." + table + ") TO STDOUT (FORMAT binary)", out);
            contents.put(table, out.toByteArray());
            execute(connection, "CREATE TABLE bare." + table + " (LIKE bursar." + table + " " + like + ")");
        }
        execute(connection, "CHECKPOINT");
        long start = System.nanoTime();
        for (var table : TABLES) {
            var columns = columns(connection, table, like.isEmpty());
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY bare." + table + " (" + columns + ") FROM STDIN (FORMAT binary)",
                            new ByteArrayInputStream(contents.get(table)),
                            1 << 16);
        }
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        return rows(connection) / seconds;
    }

    private static String columns(Connection connection, String table, boolean withGenerated) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute"
                        + " WHERE attrelid = 'bursar." + table + "'::regclass AND attnum > 0"
                        + (withGenerated ? "" : " AND attgenerated = ''"))) {
            result.next();
            return result.getString(1);
        }
    }

    private static long rows(Connection connection) throws SQLException {
        long rows = 0;
        for (var table : TABLES) {
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery("SELECT count(*) FROM bursar." + table)) {
                result.next();
                rows += result.getLong(1);
            }
        }
        return rows;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
