package io.bursar.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Kafka Connect worker with Bursar's connectors. */
final class Connect {
    /** Names the folder of the module with the connectors, in which the build has put the worker as well. */
    static final String HOME_PROPERTY = "bursar.connect.home";

    private static final String WORKER = "target/worker";

    private Connect() {}

    /** Writes the worker's configuration into the data folder. */
    static Component component(DataFolder data, StackOptions options) {
        var temporary = data.temporaryFolderOf(ComponentName.CONNECT);
        var folder = data.folderOf(ComponentName.CONNECT);
        var home = home();
        int port = options.ports().connect();
        var configuration = data.path().resolve("connect.properties");
        Configurations.write(configuration, properties(folder, home, options));
        var arguments = new ArrayList<>(List.of(configuration.toString()));
        if (options.sinks().postgres().isWanted()) {
            arguments.add(home.resolve("configs/postgres-sink.json").toString());
            arguments.add(home.resolve("configs/desk-sink.json").toString());
        }
        if (options.sinks().redis().isWanted()) {
            arguments.add(home.resolve("configs/redis-sink.json").toString());
        }
        var command = new JavaCommand()
                .heapMb(64, 384)
                .classPath(JavaCommand.codeLocation() + File.pathSeparator + home.resolve(WORKER) + "/*")
                .property("java.io.tmpdir", temporary)
                .property("logback.configurationFile", "io/bursar/local/console-logback.xml")
                .tethered("org.apache.kafka.connect.cli.ConnectStandalone", arguments);
        return new Component(
                ComponentName.CONNECT,
                port,
                command,
                environment(options),
                Health.ofConnect(port),
                Duration.ofSeconds(90),
                Duration.ofSeconds(15),
                temporary,
                List.of(
                        ComponentName.BROKER,
                        ComponentName.REGISTRY,
                        ComponentName.POSTGRES,
                        ComponentName.REDIS,
                        // It makes the topics that are read.
                        ComponentName.BURSAR));
    }

    private static Map<String, String> properties(Path folder, Path home, StackOptions options) {
        var properties = new TreeMap<String, String>();
        properties.put("bootstrap.servers", options.bootstrapServers());
        properties.put("listeners", Loopback.http(options.ports().connect(), "").toString());
        properties.put("plugin.path", home.resolve("target/plugin").toString());
        properties.put("plugin.discovery", "service_load");
        properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        properties.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        properties.put("offset.storage.file.filename", folder.resolve("offsets").toString());
        // So often a task is called when nothing comes: the Redis sink looks then whether its server was flushed.
        properties.put("offset.flush.interval.ms", "5000");
        properties.put("config.providers", "env");
        properties.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        return properties;
    }

    /** What the configurations of the connectors take from their surroundings. */
    private static Map<String, String> environment(StackOptions options) {
        var environment = new TreeMap<String, String>();
        var topics = options.sinks().topics();
        environment.put("SINK_JOURNAL_TOPIC", topics.journal());
        environment.put("SINK_AUDIT_TOPIC", topics.audit());
        environment.put("SINK_BROKER_ACCOUNTS_TOPIC", topics.brokerAccounts());
        environment.put("SINK_TOKEN_HISTORY_TOPIC", topics.tokenHistory());
        environment.put("SINK_SCHEMA_REGISTRY_URL", options.registryUrl());
        options.postgresUrl().ifPresent(url -> environment.put("SINK_POSTGRES_URL", url));
        options.redisUrl().ifPresent(url -> environment.put("SINK_REDIS_URL", url));
        for (var name : List.of("SINK_POSTGRES_USER", "SINK_POSTGRES_PASSWORD", "SINK_REDIS_PASSWORD")) {
            environment.put(name, System.getenv().getOrDefault(name, ""));
        }
        return environment;
    }

    private static Path home() {
        var property = System.getProperty(HOME_PROPERTY);
        if (property == null || !Files.isDirectory(Path.of(property, WORKER))) {
            throw new StackException("Kafka Connect is not at " + property + "; build Bursar first.");
        }
        return Path.of(property).toAbsolutePath();
    }
}
