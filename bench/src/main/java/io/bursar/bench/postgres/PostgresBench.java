package io.bursar.bench.postgres;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.Market;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.Sent;
import io.bursar.bench.workload.TradingFlow;
import io.bursar.topology.topics.Topics;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has PostgreSQL do the same commands, durably, once one by one and once in batches. */
public final class PostgresBench {
    private static final int CONNECTIONS = 16;
    private static final int BATCH = 500;
    private static final double NANOS_PER_SECOND = 1e9;

    /** What an engineer sets who has this much memory and writes a lot; durability is left as it is by default, on. */
    private static final Map<String, String> CONFIGURATION = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "1GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "wal_buffers", "64MB",
            "max_connections", "20");

    private final Path folder;
    private final Size size;
    private final Progress progress;

    /**
     * How much of it.
     *
     * @param single commands of a round, one by one
     * @param batched commands of a round in batches
     */
    public record Size(int rounds, int accounts, int single, int batched) {}

    /** @param folder is made for its data and removed by the caller */
    public PostgresBench(Path folder, Size size, Progress progress) {
        this.folder = folder;
        this.size = size;
        this.progress = progress;
    }

    public Postgres run() throws InterruptedException {
        progress.say("PostgreSQL: starting it and making %,d accounts", size.accounts());
        try (var server = start()) {
            var flow =
                    new TradingFlow(new Topics("", 1, 1), "postgres", Mix.USUAL, Distribution.UNIFORM, size.accounts());
            try (var connection = connect(server)) {
                prepare(connection);
                var single = rounds(server, connection, flow, size.single(), "one by one", PostgresBench::oneByOne);
                var batched = rounds(server, connection, flow, size.batched(), "in batches", PostgresBench::inBatches);
                var version = connection.getMetaData().getDatabaseProductVersion();
                return new Postgres(
                        version, Disk.fsyncsPerSecond(folder), CONNECTIONS, BATCH, single, batched, null, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not run here; --only leaves it out", e);
        } catch (SQLException e) {
            throw new BenchException("PostgreSQL refuses: " + e.getMessage(), e);
        }
    }

    private EmbeddedPostgres start() throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setDataDirectory(folder.resolve("data").toFile())
                .setCleanDataDirectory(true);
        CONFIGURATION.forEach(builder::setServerConfig);
        return builder.start();
    }

    private static Connection connect(EmbeddedPostgres server) throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    private void prepare(Connection connection) throws SQLException, IOException {
        try (var script = PostgresBench.class.getResourceAsStream("ledger.sql");
                var statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            int last = size.accounts() - 1;
            statement.execute("INSERT INTO accounts (id, fee_rate) SELECT 'account-' || n, " + Market.TAKER_FEE_RATE
                    + " FROM generate_series(0, " + last + ") n");
            statement.execute("INSERT INTO balances (account, asset, total) SELECT id, asset, " + Market.FUNDS
                    + " FROM accounts, (VALUES ('USD'), ('BTC')) AS assets (asset)");
            statement.execute("VACUUM ANALYZE");
        }
    }

    /** Works off the commands of one connection. */
    private interface Way {
        void run(Functions functions, List<Command> commands) throws SQLException;
    }

    private static void oneByOne(Functions functions, List<Command> commands) throws SQLException {
        for (var command : commands) {
            functions.one(command);
        }
    }

    private static void inBatches(Functions functions, List<Command> commands) throws SQLException {
        for (int from = 0; from < commands.size(); from += BATCH) {
            functions.all(commands.subList(from, Math.min(from + BATCH, commands.size())));
        }
    }

    private Figure rounds(
            EmbeddedPostgres server, Connection connection, TradingFlow flow, int commands, String name, Way way)
            throws SQLException, InterruptedException {
        var perSecond = new ArrayList<Double>();
        for (int i = 0; i <= size.rounds(); i++) {
            var before = flow.sent();
            var lanes = lanes(flow, commands);
            var journal = journal(connection);
            double rate = commands / seconds(server, lanes, way);
            check(flow.sent().since(before), journal, journal(connection));
            progress.say("PostgreSQL, %s, %s: %,.0f commands/s", name, i == 0 ? "warm-up" : "round " + i, rate);
            if (i > 0) {
                perSecond.add(rate);
            }
        }
        return Figure.of(perSecond, Double::doubleValue);
    }

    /** Each account belongs to one connection, so that its commands stay in order and no two wait for each other. */
    private static List<List<Command>> lanes(TradingFlow flow, int commands) {
        var lanes = new ArrayList<List<Command>>();
        for (int i = 0; i < CONNECTIONS; i++) {
            lanes.add(new ArrayList<>());
        }
        for (int i = 0; i < commands; i++) {
            var command = Command.of(flow.next(Instant.EPOCH));
            lanes.get(Math.floorMod(command.account().hashCode(), CONNECTIONS)).add(command);
        }
        return lanes;
    }

    private static double seconds(EmbeddedPostgres server, List<List<Command>> lanes, Way way)
            throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(lanes.size())) {
            long start = System.nanoTime();
            var work = new ArrayList<Future<Boolean>>();
            for (var lane : lanes) {
                work.add(threads.submit(() -> {
                    try (var connection = connect(server);
                            var functions = new Functions(connection)) {
                        way.run(functions, lane);
                    }
                    return true;
                }));
            }
            for (var part : work) {
                var unused = part.get();
            }
            return (System.nanoTime() - start) / NANOS_PER_SECOND;
        } catch (ExecutionException e) {
            throw new BenchException("PostgreSQL refuses: " + e.getCause(), e.getCause());
        }
    }

    private static Map<String, Long> journal(Connection connection) throws SQLException {
        var kinds = new HashMap<String, Long>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT kind, count(*) FROM journal GROUP BY kind")) {
            while (result.next()) {
                kinds.put(result.getString(1), result.getLong(2));
            }
        }
        return kinds;
    }

    private static void check(Sent sent, Map<String, Long> before, Map<String, Long> after) {
        var expected = Map.of(
                "OrderAccepted", sent.accepted(), "OrderRejected", sent.rejected(), "FillSettled", sent.settled());
        expected.forEach((kind, count) -> {
            long found = after.getOrDefault(kind, 0L) - before.getOrDefault(kind, 0L);
            if (found != count) {
                throw new BenchException(
                        "PostgreSQL's result is wrong: %,d %s instead of %,d".formatted(found, kind, count));
            }
        });
    }
}
