package io.bursar.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

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

    /**
     * Operating systems give the ports from 32768 (Linux) or 49152 (others) on to clients, and a client's connection
     * keeps its port from servers for a minute after its end. A server that starts seconds after its port was chosen
     * needs one from below.
     */
    private static final int LOWEST_FREE = 20_000;

    private static final int HIGHEST_FREE = 30_000;
    private static final int COUNT = 6;

    /** Ports that are free now, and that no client is given until they are used. */
    static StackPorts free() {
        var ports = new ArrayList<Integer>();
        // Stacks that start at the same time choose apart from each other.
        int last = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
        for (int i = 0; i < COUNT; i++) {
            last = Loopback.freeAbove(last, Set.of());
            ports.add(last);
        }
        return new StackPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5));
    }

    List<Integer> all() {
        return List.of(kafka, registry, http, postgres, redis, connect);
    }
}
