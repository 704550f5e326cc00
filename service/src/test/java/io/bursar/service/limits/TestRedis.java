package io.bursar.service.limits;

import com.codahale.metrics.MetricRegistry;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real server, which can be stopped and started again at the same address. */
public final class TestRedis implements AutoCloseable {
    /** On a busy machine even a server that is well can take long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port = freePort();
    private RedisServer server;

    public TestRedis() {
        start();
    }

    private static int freePort() {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        try {
            server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    /** Those of an instance that waits long before it takes the server to be away. */
    public RateLimits patientLimits(MetricRegistry metrics) {
        return new SharedRateLimits(settings(url()), metrics, PATIENCE);
    }

    static Settings settings(String url) {
        return Settings.load(SettingsSource.flags(Map.of("redis.url", url)));
    }

    @Override
    public void close() {
        stop();
    }
}
