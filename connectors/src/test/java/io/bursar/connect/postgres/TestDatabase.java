package io.bursar.connect.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database of its own on one real server, which all tests of a JVM share. */
final class TestDatabase implements AutoCloseable {
    static final String USER = "postgres";
    private static int databases;

    private final String name;
    private Connection connection;

    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    TestDatabase() {
        synchronized (TestDatabase.class) {
            databases++;
            name = "test" + databases;
        }
        try (var admin = DriverManager.getConnection(url(Server.INSTANCE.getPort(), USER), USER, "");
                var statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            connection = DriverManager.getConnection(url(), USER, "");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return url(port());
    }

    /** The same database as it is reached through another port. */
    String url(int port) {
        return url(port, name);
    }

    static int port() {
        return Server.INSTANCE.getPort();
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Keeps the database as it is, as an asynchronous replica would that gets nothing more. */
    void rememberAsReplica() {
        administer("CREATE DATABASE " + name + "_replica TEMPLATE " + name);
    }

    /** Puts the replica in the place of this database. */
    void failOver() {
        administer("DROP DATABASE " + name + " WITH (FORCE)", "ALTER DATABASE " + name + "_replica RENAME TO " + name);
    }

    /** With nobody connected. */
    private void administer(String... statements) {
        try (var admin = DriverManager.getConnection(url(port(), USER), USER, "");
                var statement = admin.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'"
                    + " AND pid <> pg_backend_pid()");
            for (var sql : statements) {
                statement.execute(sql);
            }
            connection = DriverManager.getConnection(url(), USER, "");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** A connection to do more with than one statement. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, "");
    }

    /** The only value of the only row. */
    Object value(String sql) {
        var rows = rows(sql);
        if (rows.size() != 1 || rows.getFirst().size() != 1) {
            throw new AssertionError(sql + " gives " + rows);
        }
        return rows.getFirst().values().iterator().next();
    }

    long count(String table) {
        return (Long) value("SELECT count(*) FROM bursar." + table);
    }

    /** All rows, by column in the order of the query. */
    List<Map<String, Object>> rows(String sql) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<Map<String, Object>>();
            var columns = result.getMetaData();
            while (result.next()) {
                var row = new LinkedHashMap<String, Object>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    var column = columns.getColumnName(i);
                    // Of an expression the server says no name.
                    row.put(row.containsKey(column) ? column + i : column, result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
