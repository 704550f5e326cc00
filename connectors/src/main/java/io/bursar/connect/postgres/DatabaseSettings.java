package io.bursar.connect.postgres;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The settings that say which tables a sink writes. Immutable. */
final class DatabaseSettings {
    private static final String URL = "connection.url";
    private static final String USER = "connection.user";
    private static final String PASSWORD = "connection.password";
    private static final String SCHEMA = "schema";
    private static final String MIGRATIONS = "migrations";
    private static final String APPLY = "apply";
    private static final String VALIDATE = "validate";
    private static final String DATABASE = "Database";

    private final AbstractConfig config;

    /** @param config with the definitions of {@link #addTo} */
    DatabaseSettings(AbstractConfig config) {
        this.config = config;
    }

    /** Adds the definitions to those of a connector. */
    static ConfigDef addTo(ConfigDef definition) {
        return definition
                .define(
                        URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                DatabaseSettings::checkUrl, () -> "jdbc:postgresql://host:port/database"),
                        Importance.HIGH,
                        "The database, as jdbc:postgresql://host:port/database. Parameters of the driver may follow, TLS"
                                + " among them (?sslmode=verify-full); they win over the connector's own time-outs.",
                        DATABASE,
                        1,
                        Width.LONG,
                        "Address")
                .define(
                        USER,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Importance.HIGH,
                        "Who writes: the owner of the schema, or for migrations=apply someone who may create it.",
                        DATABASE,
                        2,
                        Width.MEDIUM,
                        "User")
                .define(
                        PASSWORD,
                        ConfigDef.Type.PASSWORD,
                        "",
                        Importance.HIGH,
                        "The user's password.",
                        DATABASE,
                        3,
                        Width.MEDIUM,
                        "Password")
                .define(
                        SCHEMA,
                        ConfigDef.Type.STRING,
                        "bursar",
                        ConfigDef.LambdaValidator.with(
                                DatabaseSettings::checkSchema, () -> "matches " + Schema.CHOSEN.pattern()),
                        Importance.MEDIUM,
                        "The schema that the tables lie in. Nothing else may lie there.",
                        DATABASE,
                        4,
                        Width.MEDIUM,
                        "Schema")
                .define(
                        MIGRATIONS,
                        ConfigDef.Type.STRING,
                        APPLY,
                        ConfigDef.ValidString.in(APPLY, VALIDATE),
                        Importance.MEDIUM,
                        "apply: the connector makes its tables and changes them when a new version needs it. validate: it"
                                + " changes nothing, and refuses to run on tables of another version.",
                        DATABASE,
                        5,
                        Width.SHORT,
                        "Migrations");
    }

    String url() {
        return config.getString(URL);
    }

    String user() {
        return config.getString(USER);
    }

    String password() {
        return config.getPassword(PASSWORD).value();
    }

    Schema schema() {
        return new Schema(config.getString(SCHEMA));
    }

    boolean appliesMigrations() {
        return config.getString(MIGRATIONS).equals(APPLY);
    }

    private static void checkUrl(String name, Object value) {
        if (!(value instanceof String url) || !url.startsWith("jdbc:postgresql:")) {
            throw new ConfigException(name + " must begin with jdbc:postgresql:; its value is not shown here");
        }
    }

    private static void checkSchema(String name, Object value) {
        if (!(value instanceof String schema) || !Schema.CHOSEN.matcher(schema).matches()) {
            throw new ConfigException(name, value, "must match " + Schema.CHOSEN.pattern());
        }
    }
}
