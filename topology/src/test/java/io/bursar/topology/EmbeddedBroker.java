package io.bursar.topology;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in the JVM of the tests, alone in its cluster, on free ports of 127.0.0.1. It can be stopped and
 * started again with its data and on its port. Not safe for use by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String CLUSTER_ID = "QnVyc2FyVGVzdEJyb2tlcg";
    private static final int NODE_ID = 1;

    private static final Map<String, String> FOR_ONE_BROKER = Map.of(
            "offsets.topic.num.partitions", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            // The default buffer of 128 MiB would be a large part of a test's heap.
            "log.cleaner.dedupe.buffer.size", "2097152");

    private static final Map<String, String> FOR_QUICK_TESTS = Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "group.consumer.min.heartbeat.interval.ms", "100",
            "group.consumer.heartbeat.interval.ms", "200",
            "group.consumer.assignment.interval.ms", "0");

    private final Path dataFolder;
    private final int port;
    private final Map<String, String> properties;
    private KafkaRaftServer server;

    private EmbeddedBroker(Path dataFolder, Map<String, String> overrides) {
        this.dataFolder = dataFolder.toAbsolutePath();
        try (var broker = freePort();
                var controller = freePort()) {
            this.port = broker.getLocalPort();
            this.properties = properties(controller.getLocalPort());
        } catch (IOException noFreePort) {
            throw new IllegalStateException("No free port on 127.0.0.1.", noFreePort);
        }
        properties.putAll(overrides);
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param dataFolder empty or missing, or that of an earlier broker, whose topics this one then has
     */
    public static EmbeddedBroker start(Path dataFolder) {
        return start(dataFolder, Map.of());
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param overrides broker properties that shall be other than those for quick tests
     */
    public static EmbeddedBroker start(Path dataFolder, Map<String, String> overrides) {
        var broker = new EmbeddedBroker(dataFolder, overrides);
        broker.format();
        broker.start();
        return broker;
    }

    /** Stays the same over stops and starts. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** A new admin client; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Starts the stopped broker on the same port, with the same data. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("The broker on " + bootstrapServers() + " runs already.");
        }
        var starting = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        starting.startup();
        server = starting;
    }

    /** Stops in good order and waits for it. Does nothing when the broker is not running. */
    public void stop() {
        if (server == null) {
            return;
        }
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    /** Stops the broker; its data stays. */
    @Override
    public void close() {
        stop();
    }

    private void format() {
        var folder = dataFolder.toString();
        if (Files.exists(dataFolder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(NODE_ID)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder)
                    .setDirectories(List.of(folder))
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception failure) {
            throw new IllegalStateException("The folder " + folder + " cannot be formatted for a broker.", failure);
        }
    }

    private static ServerSocket freePort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private Map<String, String> properties(int controllerPort) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", String.valueOf(NODE_ID));
        config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        config.put(
                "listeners", "PLAINTEXT://%s,CONTROLLER://127.0.0.1:%d".formatted(bootstrapServers(), controllerPort));
        config.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        config.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        config.put("controller.listener.names", "CONTROLLER");
        config.put("inter.broker.listener.name", "PLAINTEXT");
        config.put("log.dirs", dataFolder.toString());
        config.put("auto.create.topics.enable", "false");
        config.putAll(FOR_ONE_BROKER);
        config.putAll(FOR_QUICK_TESTS);
        return config;
    }
}
