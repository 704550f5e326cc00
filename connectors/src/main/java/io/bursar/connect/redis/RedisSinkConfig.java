package io.bursar.connect.redis;

import io.bursar.connect.JournalSinkConfig;
import io.bursar.connect.SinkSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the connector. Immutable. */
final class RedisSinkConfig extends JournalSinkConfig {
    private static final String URL = "redis.url";
    private static final String USER = "redis.user";
    private static final String PASSWORD = "redis.password";
    private static final String TIMEOUT_MS = "redis.timeout.ms";
    private static final String REDIS = "Redis";

    static final ConfigDef DEFINITION = SinkSettings.addTo(new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.LambdaValidator.with(RedisSinkConfig::checkUrl, () -> "redis://host:port/database"),
                    Importance.HIGH,
                    "The server, as redis://host:port/database, or rediss: for TLS. One server: not a cluster.",
                    REDIS,
                    1,
                    Width.LONG,
                    "Address")
            .define(
                    USER,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "The user of Redis' access control lists; empty for the default user.",
                    REDIS,
                    2,
                    Width.MEDIUM,
                    "User")
            .define(
                    PASSWORD,
                    ConfigDef.Type.PASSWORD,
                    "",
                    Importance.HIGH,
                    "The password; empty when the server asks for none.",
                    REDIS,
                    3,
                    Width.MEDIUM,
                    "Password")
            .define(
                    TIMEOUT_MS,
                    ConfigDef.Type.INT,
                    10_000,
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "How many milliseconds a connection may take to open, and an answer to come.",
                    REDIS,
                    4,
                    Width.SHORT,
                    "Time-out"));

    /** @throws ConfigException naming the setting, its value and the rule */
    RedisSinkConfig(Map<String, String> settings) {
        super(DEFINITION, settings);
    }

    RedisAddress address() {
        return new RedisAddress(
                URI.create(getString(URL)),
                getString(USER),
                getPassword(PASSWORD).value(),
                getInt(TIMEOUT_MS));
    }

    private static void checkUrl(String name, Object value) {
        try {
            var url = new URI(String.valueOf(value));
            boolean isRedis = "redis".equals(url.getScheme()) || "rediss".equals(url.getScheme());
            if (isRedis && url.getHost() != null && url.getUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            throw new ConfigException(name + " must be redis://host:port/database and is no URL: " + e.getReason());
        }
        throw new ConfigException(
                name + " must be redis://host:port/database, without a password: that is redis.password");
    }
}
