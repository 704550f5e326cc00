package io.bursar.service.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bursar.service.view.BalanceView;
import io.bursar.service.view.EntryView;
import io.bursar.service.view.TradeView;
import io.bursar.service.view.Units;
import io.bursar.topology.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the tables that the sinks make of the journal and the audit. An answer is of one instant of the tables, which may be behind the
 * ledger. Connects when it is first asked. Every method throws {@link HistoryUnavailableException} when the database
 * cannot be asked, and finds nothing of an account of which the tables have no entry. Thread-safe.
 */
public final class History implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 4;
    private static final long CONNECTS_WITHIN_MS = 3_000;

    /** A statement that takes longer is the database's trouble, not the caller's patience. */
    private static final String STATEMENT_TIMEOUT = "SET statement_timeout = '5s'";

    private static final String SOCKET_TIMEOUT_SECONDS = "10";

    private final HikariDataSource connections;

    private History(HikariDataSource connections) {
        this.connections = connections;
    }

    /** The tables in the database of {@code postgres.url}; empty when that is not set. */
    public static Optional<History> of(Settings settings) {
        return settings.get(Settings.POSTGRES_URL)
                .map(url -> new History(new HikariDataSource(config(
                        url,
                        settings.get(Settings.POSTGRES_USER).orElse(null),
                        settings.get(Settings.POSTGRES_PASSWORD).orElse(null)))));
    }

    private static HikariConfig config(String url, String user, String password) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDriverClassName("org.postgresql.Driver");
        config.setUsername(user);
        config.setPassword(password);
        config.setPoolName("bursar-history");
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTS_WITHIN_MS);
        // Instances start before or without their database.
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setConnectionInitSql(STATEMENT_TIMEOUT);
        // The URL's own parameters win.
        config.addDataSourceProperty("currentSchema", "bursar");
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        config.addDataSourceProperty("ApplicationName", "bursar");
        return config;
    }

    /**
     * At most {@code atMost} settled fills and busts, the last that happened first.
     *
     * @param before where to go on; null: with the newest
     */
    public Optional<AsOf<List<TradeView>>> trades(String accountId, TradePlace before, int atMost) {
        return read(accountId, connection -> new TradeRows(connection).of(accountId, before, atMost));
    }

    /**
     * At most {@code atMost} entries, by ascending sequence.
     *
     * @param from the first sequence
     * @param to the last sequence, inclusive
     */
    public Optional<AsOf<List<EntryView>>> journal(String accountId, long from, long to, int atMost, Units units) {
        return read(accountId, connection -> new JournalRows(connection).of(accountId, from, to, atMost, units));
    }

    /** What all entries up to this sequence, inclusive, add up to. */
    public Optional<AsOf<List<BalanceView>>> balancesAt(String accountId, long sequence) {
        return read(accountId, connection -> new BalanceSums(connection).upTo(accountId, sequence));
    }

    /** What all entries that happened up to this instant, inclusive, add up to, in whatever order they came. */
    public Optional<AsOf<List<BalanceView>>> balancesAt(String accountId, Instant instant) {
        return read(accountId, connection -> new BalanceSums(connection).upTo(accountId, instant));
    }

    /** The largest {@code occurredAt} that the account has accepted, as far as the tables go. */
    public Optional<AsOf<Instant>> accountTime(String accountId) {
        return read(accountId, connection -> {
            var sql = "SELECT account_time FROM accounts WHERE account_id = ?";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, accountId);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return Columns.instant(rows, "account_time");
                }
            }
        });
    }

    /** Events of the audit, the last that happened first. */
    public List<AuditEntry> audit(AuditQuery query) {
        return ask(connection -> new AuditRows(connection).of(query));
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> Optional<AsOf<T>> read(String accountId, Query<T> query) {
        // Both of one instant: the transaction ends with the connection.
        return ask(connection -> {
            long sequence = lastSequence(connection, accountId);
            return sequence == 0 ? Optional.empty() : Optional.of(new AsOf<>(sequence, query.run(connection)));
        });
    }

    private <T> T ask(Query<T> query) {
        try (var connection = connections.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new HistoryUnavailableException(e);
        }
    }

    private static long lastSequence(Connection connection, String accountId) throws SQLException {
        var sql = "SELECT last_sequence FROM accounts WHERE account_id = ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, accountId);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
