package io.bursar.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A Kafka broker that is its own controller. */
final class Broker {
    private static final String NODE_ID = "1";

    private Broker() {}

    /** Writes the broker's configuration into the data folder. */
    static Component component(DataFolder data, int port, int controllerPort) {
        var temporary = data.temporaryFolderOf(ComponentName.BROKER);
        var logs = data.folderOf(ComponentName.BROKER);
        requireWhole(logs);
        var configuration = data.path().resolve("broker.properties");
        Configurations.write(configuration, properties(logs, port, controllerPort));
        var command = new JavaCommand()
                .heapMb(256, 512)
                // Half for what is young: under load a pause of 24 ms every two seconds, not three or four of 12 each.
                .flags("-XX:NewRatio=1")
                .property("java.io.tmpdir", temporary)
                .property("logback.configurationFile", "io/bursar/local/console-logback.xml")
                .tethered(BrokerMain.class.getName(), List.of(configuration.toString(), logs.toString()));
        return new Component(
                ComponentName.BROKER,
                port,
                command,
                Map.of(),
                Health.ofBroker(port),
                Duration.ofSeconds(60),
                Duration.ofSeconds(15),
                temporary,
                List.of());
    }

    /** Formatting a folder that has partitions but lost its identity would give old records to a new cluster. */
    private static void requireWhole(Path logs) {
        var identity = logs.resolve(BrokerMain.IDENTITY_FILE);
        try (var entries = Files.list(logs)) {
            if (Files.exists(identity)) {
                requireIdentity(identity);
            } else if (entries.anyMatch(Files::isDirectory)) {
                throw damaged(logs + " has topics but no file " + BrokerMain.IDENTITY_FILE);
            }
        } catch (IOException e) {
            throw new StackException("The broker's folder " + logs + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void requireIdentity(Path file) throws IOException {
        var identity = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            identity.load(reader);
        }
        if (!NODE_ID.equals(identity.getProperty("node.id")) || !identity.containsKey("cluster.id")) {
            throw damaged(file + " does not name node " + NODE_ID + " and its cluster");
        }
    }

    private static StackException damaged(String what) {
        return new StackException(
                "The data folder is damaged: " + what + "; restore it, or start anew after `bursar down --wipe`.");
    }

    private static Map<String, String> properties(Path logs, int port, int controllerPort) {
        var broker = Loopback.HOST + ":" + port;
        var controller = Loopback.HOST + ":" + controllerPort;
        var properties = new TreeMap<String, String>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", NODE_ID);
        properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
        properties.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
        properties.put("advertised.listeners", "PLAINTEXT://" + broker);
        properties.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("log.dirs", logs.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.putAll(internalTopicsOfOneBroker());
        // Nobody else will join: the first member need not be kept waiting.
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.streams.initial.rebalance.delay.ms", "0");
        // A killed broker may register again only after the session of its former self has run out, by default 9 s.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // The transaction of a killed instance holds up readers for its timeout plus this, by default another 10 s.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // How long a transaction waits that begins while the markers of the last one are written, by default 20 ms.
        properties.put("add.partitions.to.txn.retry.backoff.ms", "1");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        return properties;
    }

    private static Map<String, String> internalTopicsOfOneBroker() {
        return Map.of(
                "offsets.topic.num.partitions", "4",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }
}
