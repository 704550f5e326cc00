package io.bursar.connect.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;

/** Connections to the database, none of which can hang for ever. */
public final class Database {
    private static final long CONNECT_TIMEOUT_MS = 5_000;

    /** Well within the time after which Kafka takes a silent consumer for dead; a statement has less. */
    private static final int SOCKET_TIMEOUT_SECONDS = 90;

    /**
     * A statement that waits for a lock waits for a task that is about to end. One that was frozen in a transaction loses
     * its lock, and with it its rows, after the last of the three.
     */
    private static final String TIMEOUTS = "SET statement_timeout = '60s'; SET lock_timeout = '20s';"
            + " SET idle_in_transaction_session_timeout = '60s'";

    private Database() {}

    /**
     * Connections without auto-commit, as {@link JournalTables} needs them. Opens none yet.
     *
     * @param url as the driver takes it; its own parameters win over what is set here
     * @param most how many connections at the same time
     */
    public static HikariDataSource connections(String url, String user, String password, int most) {
        return new HikariDataSource(config(url, user, password, most, false));
    }

    /**
     * Connections for those who read the tables, without auto-commit: a transaction sees one instant. Opens none yet.
     *
     * @param most how many connections at the same time
     */
    public static HikariDataSource reading(String url, String user, String password, int most) {
        var config = config(url, user, password, most, false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return new HikariDataSource(config);
    }

    /** Connections for {@link Migrations}, which may take as long as they need. */
    public static HikariDataSource migrating(String url, String user, String password) {
        return new HikariDataSource(config(url, user, password, 4, true));
    }

    private static HikariConfig config(String url, String user, String password, int most, boolean isForMigrations) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDriverClassName("org.postgresql.Driver");
        config.setUsername(user);
        config.setPassword(password);
        config.setPoolName("bursar-sink");
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setAutoCommit(isForMigrations);
        config.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        config.setInitializationFailTimeout(-1);
        config.setDataSourceProperties(driverSettings(isForMigrations));
        if (!isForMigrations) {
            config.setConnectionInitSql(TIMEOUTS);
        }
        return config;
    }

    private static Properties driverSettings(boolean isForMigrations) {
        var settings = new Properties();
        settings.setProperty("ApplicationName", "bursar-sink");
        settings.setProperty("connectTimeout", "5");
        settings.setProperty("loginTimeout", "5");
        settings.setProperty("tcpKeepAlive", "true");
        if (!isForMigrations) {
            settings.setProperty("socketTimeout", Integer.toString(SOCKET_TIMEOUT_SECONDS));
        }
        return settings;
    }
}
