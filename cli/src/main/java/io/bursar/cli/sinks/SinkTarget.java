package io.bursar.cli.sinks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bursar.local.StackState;
import java.net.URI;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * Where the sinks of a journal write, for those who read there. Users and passwords come from the variables that Kafka
 * Connect takes them from.
 *
 * @param postgres the database, for JDBC; empty when there is none
 * @param redis the server; empty when there is none
 */
public record SinkTarget(Optional<String> postgres, Optional<URI> redis) {
    /** None at all. */
    public static final SinkTarget NONE = new SinkTarget(Optional.empty(), Optional.empty());

    /** The schema that the tables lie in. */
    public static final String SCHEMA = "bursar";

    private static final int CONNECTIONS = 4;
    private static final int DEFAULT_REDIS_PORT = 6379;

    /** Those of a stack on this machine. */
    public static SinkTarget of(StackState stack) {
        return new SinkTarget(stack.postgresUrl(), stack.redisUrl().map(URI::create));
    }

    /** Connections that read at one instant each, none of them opened yet; empty when there is no database. */
    public Optional<HikariDataSource> database() {
        return postgres.map(SinkTarget::pool);
    }

    private static HikariDataSource pool(String url) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        var user = variable("SINK_POSTGRES_USER");
        if (!user.isEmpty()) {
            pool.setUsername(user);
            pool.setPassword(variable("SINK_POSTGRES_PASSWORD"));
        }
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setReadOnly(true);
        pool.setAutoCommit(false);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    /** A connection, which is opened when it is used; empty when there is no server. */
    public Optional<Jedis> connection() {
        return redis.map(url -> {
            var client = DefaultJedisClientConfig.builder();
            var password = variable("SINK_REDIS_PASSWORD");
            if (!password.isEmpty()) {
                client.password(password);
            }
            int port = url.getPort() < 0 ? DEFAULT_REDIS_PORT : url.getPort();
            return new Jedis(new HostAndPort(url.getHost(), port), client.build());
        });
    }

    /** Of this process; empty when it is not set. */
    static String variable(String name) {
        return System.getenv().getOrDefault(name, "");
    }
}
