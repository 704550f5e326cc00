package io.bursar.connect.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
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
    private static final List<String> ADDED = List.of("journal", "postings", "trades");

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
                execute(connection, "CHECKPOINT");
                double seconds = sink(server, registry, topic, records, batch);
                long added = rows(connection, ADDED);
                System.out.printf(
                        "round %d: sink: %,.0f entries/s, %,.0f added rows/s, beside the rows of what is the case%n",
                        round, records.size() / seconds, added / seconds);
                copy(connection, "INCLUDING ALL", "COPY, same tables", added);
                copy(connection, "", "COPY, bare tables", added);
            }
        }
    }

    private static double sink(
            EmbeddedPostgres server, RegistryStub registry, Topic topic, List<SinkRecord> records, int batch) {
        var settings = Worker.settings(server.getJdbcUrl("postgres", "postgres"), registry.url());
        try (var worker = new Worker(topic, settings)) {
            worker.start().assignAll();
            long start = System.nanoTime();
            for (int from = 0; from < records.size(); from += batch) {
                worker.task.put(records.subList(from, Math.min(from + batch, records.size())));
            }
            return (System.nanoTime() - start) / NANOS_PER_SECOND;
        }
    }

    private static void copy(Connection connection, String like, String what, long rows)
            throws SQLException, IOException {
        var contents = new HashMap<String, byte[]>();
        execute(connection, "DROP SCHEMA IF EXISTS bare CASCADE");
        execute(connection, "CREATE SCHEMA bare");
        for (var table : ADDED) {
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
        for (var table : ADDED) {
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
        System.out.printf("  %s: %,.0f rows/s%n", what, rows / seconds);
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

    private static long rows(Connection connection, List<String> tables) throws SQLException {
        long rows = 0;
        for (var table : tables) {
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
