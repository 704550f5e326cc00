package io.bursar.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The loopback ports on which a stack listens, each 1 to 65535.
 *
 * @param kafka of the broker
 * @param registry of the schema registry
 * @param http of Bursar's HTTP API
 * @param postgres of PostgreSQL
 * @param redis of Redis
 * @param connect of Kafka Connect's REST API
 */
public record StackPorts(int kafka, int registry, int http, int postgres, int redis, int connect) {
    public static final int DEFAULT_KAFKA = 19092;
    public static final int DEFAULT_REGISTRY = 18081;
    public static final int DEFAULT_HTTP = 18080;
    public static final int DEFAULT_POSTGRES = 15432;
    public static final int DEFAULT_REDIS = 16379;
    public static final int DEFAULT_CONNECT = 18083;

    private static final int COUNT = 6;

    /** Ports that are free now. */
    static StackPorts free() {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < COUNT; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            return new StackPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5));
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback address", e);
        } finally {
            sockets.forEach(StackPorts::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Integer> all() {
        return List.of(kafka, registry, http, postgres, redis, connect);
    }
}
