package io.bursar.bench.stack;

import io.bursar.processors.Nodes;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.SchemaRegistryClient;
import io.bursar.topology.settings.Profile;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import io.bursar.topology.topics.TopicAdmin;
import io.bursar.topology.topics.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/** A Bursar with topics, a group and a state of its own, and the clients that talk to it. */
public final class Deployment implements AutoCloseable {
    private final String name;
    private final Path stateFolder;
    private final Map<String, String> flags;
    private final Settings settings;
    private final Topics topics;
    private final Admin admin;
    private final SchemaRegistry registry;
    private int runs;

    Deployment(String name, Path stateFolder, Map<String, String> flags) {
        this.name = name;
        this.stateFolder = stateFolder;
        this.flags = new TreeMap<>(flags);
        this.flags.put(Settings.APPLICATION_ID.name(), name);
        this.flags.put(Settings.TOPIC_PREFIX.name(), name + ".");
        this.flags.put(Settings.STATE_DIR.name(), stateFolder.toString());
        // Streams does not leave its group when it closes: without it each start would wait for a session to end.
        this.flags.putIfAbsent(Settings.GROUP_INSTANCE_ID.name(), name + "-1");
        settings = settings(Map.of());
        topics = Topics.from(settings);
        admin = Admin.create(settings.kafkaAdmin());
        registry = new SchemaRegistryClient(
                Map.of(Settings.SCHEMA_REGISTRY_URL.name(), settings.get(Settings.SCHEMA_REGISTRY_URL)));
        var unused = new TopicAdmin(admin, topics).create();
    }

    public String name() {
        return name;
    }

    public Path stateFolder() {
        return stateFolder;
    }

    public Settings settings() {
        return settings;
    }

    /** The same with this profile, unless another was asked for, and with some settings changed, by name. */
    public Settings settings(Profile profile, Map<String, String> changes) {
        var all = new TreeMap<>(changes);
        if (!settings.isGiven(Settings.PROFILE)) {
            all.put(Settings.PROFILE.name(), profile.text());
        }
        return settings(all);
    }

    /** The same with some settings changed, by name. */
    public Settings settings(Map<String, String> changes) {
        return Settings.load(SettingsSource.flags(flags(changes)));
    }

    /** The settings as flags, by name, with some changed. */
    public Map<String, String> flags(Map<String, String> changes) {
        var all = new TreeMap<>(flags);
        all.putAll(changes);
        return all;
    }

    public Topics topics() {
        return topics;
    }

    public Admin admin() {
        return admin;
    }

    public SchemaRegistry registry() {
        return registry;
    }

    /** The topic from which the stores can be restored. */
    public String changelog() {
        return settings.get(Settings.APPLICATION_ID) + "-" + Nodes.LEDGER_STORE + "-changelog";
    }

    /** Tasks of Kafka Streams that have a store: the ledger's, one for each partition, and the desk's. */
    public int tasksWithStores() {
        return topics.partitions() + 1;
    }

    /** How far Bursar is with what clients send. */
    public GroupProgress progress() {
        return new GroupProgress(admin, settings.get(Settings.APPLICATION_ID), topics.inputs());
    }

    /** Tells what is used once from what was used before: 1, 2, 3, … */
    public int nextRun() {
        runs++;
        return runs;
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
    }
}
