package io.bursar.cli.sinks;

import com.zaxxer.hikari.HikariDataSource;
import io.bursar.connect.postgres.Database;
import io.bursar.connect.redis.RedisAddress;
import io.bursar.local.StackState;
import java.net.URI;
import java.util.Optional;
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
    private static final int REDIS_TIMEOUT_MS = 10_000;

    /** Those of a stack on this machine. */
    public static SinkTarget of(StackState stack) {
        return new SinkTarget(stack.postgresUrl(), stack.redisUrl().map(URI::create));
    }

    /** Connections that read at one instant each, none of them opened yet; empty when there is no database. */
    public Optional<HikariDataSource> database() {
        return postgres.map(url ->
                Database.reading(url, variable("SINK_POSTGRES_USER"), variable("SINK_POSTGRES_PASSWORD"), CONNECTIONS));
    }

    /**
     * A connection to the server; empty when there is none.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when it cannot be reached or refuses
     */
    public Optional<Jedis> connection() {
        return redis.map(url -> new RedisAddress(url, "", variable("SINK_REDIS_PASSWORD"), REDIS_TIMEOUT_MS).connect());
    }

    /** Of this process; empty when it is not set. */
    static String variable(String name) {
        return System.getenv().getOrDefault(name, "");
    }
}
