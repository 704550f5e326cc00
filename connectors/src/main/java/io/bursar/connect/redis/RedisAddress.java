package io.bursar.connect.redis;

import java.net.URI;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;

/**
 * How one Redis server is reached.
 *
 * @param url {@code redis://host:port/database}, or {@code rediss:} for TLS; without a port 6379, without a database 0
 * @param user empty for the default user
 * @param password empty for none
 * @param timeoutMs for a connection to open, and for an answer to come
 */
public record RedisAddress(URI url, String user, String password, int timeoutMs) {
    private static final int DEFAULT_PORT = 6379;

    /**
     * Opens a connection, for one thread.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when the server cannot be reached or refuses
     */
    public Jedis connect() {
        var client = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeoutMs)
                .socketTimeoutMillis(timeoutMs)
                .database(database())
                .clientName("bursar");
        if ("rediss".equals(url.getScheme())) {
            client.sslOptions(SslOptions.defaults());
        }
        if (!user.isEmpty()) {
            client.user(user);
        }
        if (!password.isEmpty()) {
            client.password(password);
        }
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        return new Jedis(new HostAndPort(url.getHost(), port), client.build());
    }

    private int database() {
        var path = url.getPath();
        return path == null || path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }
}
