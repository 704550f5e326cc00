package io.bursar.connect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Makes the tables of a schema and changes them from version to version, or sees whether somebody else has. */
public final class Migrations {
    private static final String LOCATION = "classpath:io/bursar/connect/postgres/migrations";

    /** Of a schema, while its tables are made or changed. */
    private static final String LOCK = "SELECT pg_advisory_lock(hashtextextended(?, 4208))";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 4208))";

    private Migrations() {}

    /**
     * Brings the schema to the version of this build, from nothing or from any earlier one; several at once take turns.
     *
     * @param database gives connections with auto-commit, several at the same time
     * @throws org.flywaydb.core.api.FlywayException when a migration fails, with the database's message
     */
    public static void apply(DataSource database, Schema schema) throws SQLException {
        try (var connection = database.getConnection()) {
            execute(connection, LOCK, schema);
            try {
                flyway(database, schema).migrate();
            } finally {
                execute(connection, UNLOCK, schema);
            }
        }
    }

    /**
     * Changes nothing.
     *
     * @throws SinkConflictException naming what is missing when the schema is not of the version of this build
     */
    public static void validate(DataSource database, Schema schema) {
        var flyway = flyway(database, schema);
        var missing =
                Arrays.stream(flyway.info().pending()).map(Migrations::describe).collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new SinkConflictException("Schema " + schema + " lacks " + missing
                    + ": apply the migrations first, or let the connector do it with migrations=apply");
        }
        var result = flyway.validateWithResult();
        if (!result.validationSuccessful) {
            throw new SinkConflictException("Schema " + schema + " is not as the migrations of this version make it: "
                    + result.getAllErrorMessages());
        }
    }

    private static String describe(MigrationInfo migration) {
        return "version " + migration.getVersion() + " (" + migration.getDescription() + ")";
    }

    private static void execute(Connection connection, String sql, Schema schema) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema.name());
            statement.execute();
        }
    }

    private static Flyway flyway(DataSource database, Schema schema) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations(LOCATION)
                .schemas(schema.name())
                .defaultSchema(schema.name())
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .load();
    }
}
