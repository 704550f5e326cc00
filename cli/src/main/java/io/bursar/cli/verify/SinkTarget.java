package io.bursar.cli.verify;

import io.bursar.local.StackState;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

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

    private static final String SCHEMA = "bursar";

    /** Those of a stack on this machine. */
    public static SinkTarget of(StackState stack) {
        return new SinkTarget(stack.postgresUrl(), stack.redisUrl().map(URI::create));
    }

    Optional<PostgresReader> postgresReader(Map<String, String> environment) {
        return postgres.map(url -> new PostgresReader(
                url,
                environment.getOrDefault("SINK_POSTGRES_USER", ""),
                environment.getOrDefault("SINK_POSTGRES_PASSWORD", ""),
                SCHEMA));
    }

    Optional<RedisReader> redisReader(Map<String, String> environment) {
        return redis.map(url -> new RedisReader(url, environment.getOrDefault("SINK_REDIS_PASSWORD", "")));
    }
}
