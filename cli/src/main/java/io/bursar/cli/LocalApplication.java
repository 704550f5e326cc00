package io.bursar.cli;

import io.bursar.local.ComponentName;
import io.bursar.local.Sinks.Sink;
import io.bursar.local.StackClient;
import io.bursar.local.StackOptions;
import io.bursar.local.StackOptions.ApplicationCommand;
import io.bursar.topology.settings.Setting;
import io.bursar.topology.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How {@code up} runs Bursar on the local stack: as {@code bursar run}, pointed at that broker and registry. */
final class LocalApplication {
    private static final String READY_PATH = "/health/ready";

    /** What one machine is better off with, unless the user or a profile says otherwise. */
    private static final Map<Setting<?>, String> DEFAULTS = Map.of(
            Settings.PARTITIONS, "4",
            Settings.ROCKSDB_MEMORY_MB, "128");

    /** Enough to try things out beside the broker and the registry; what the machine has would be more. */
    private static final List<String> HEAP = List.of("-Xms128m", "-Xmx512m");

    private LocalApplication() {}

    /**
     * The commands for so many instances on the broker and registry of {@code stack}.
     *
     * @param environment of this process
     * @throws io.bursar.topology.settings.SettingsException if the settings cannot be used; nothing is started then
     */
    static ApplicationCommand[] commands(
            StackOptions stack, SettingsOptions given, int instances, Map<String, String> environment) {
        var ports = stack.httpPorts(instances);
        return IntStream.rangeClosed(1, instances)
                .mapToObj(number -> command(stack, given, number, ports, environment))
                .toArray(ApplicationCommand[]::new);
    }

    private static ApplicationCommand command(
            StackOptions stack,
            SettingsOptions given,
            int number,
            List<Integer> ports,
            Map<String, String> environment) {
        var port = ports.get(number - 1);
        var name = ComponentName.instance(number);
        var fixed = new LinkedHashMap<>(fixed(stack, name, port));
        if (ports.size() > 1) {
            fixed.putAll(together(name, port));
        }
        given.refuse(fixed.keySet());
        var settings = given.load();
        var flags = new LinkedHashMap<>(given.flags());
        defaults(stack, name, ports.size()).forEach((setting, text) -> {
            if (settings.isDefault(setting)) {
                flags.put(setting.name(), text);
            }
        });
        flags.putAll(fixed);
        return new ApplicationCommand(
                BursarCommand.class.getName(),
                arguments(given, flags),
                jvmArguments(given.load(flags), environment),
                port,
                READY_PATH,
                passwords(stack, environment));
    }

    /** What the connector has for a server of one's own. */
    private static Map<String, String> passwords(StackOptions stack, Map<String, String> environment) {
        var password = environment.getOrDefault("SINK_REDIS_PASSWORD", "");
        return stack.sinks().redis().kind() == Sink.Kind.OWN && !password.isEmpty()
                ? Map.of(Settings.REDIS_PASSWORD.environmentVariable(), password)
                : Map.of();
    }

    private static Map<Setting<?>, String> defaults(StackOptions stack, ComponentName name, int instances) {
        var defaults = new LinkedHashMap<>(DEFAULTS);
        defaults.put(Settings.VAULT, "development");
        // All instances open the same secrets.
        defaults.put(
                Settings.VAULT_KEY_FILE,
                new StackClient(stack.dataFolder()).vaultKeyFile().toString());
        // Static membership: after a restart its partitions are still its own.
        defaults.put(Settings.GROUP_INSTANCE_ID, name + "-local");
        if (instances > 1) {
            defaults.put(Settings.NUM_STANDBY_REPLICAS, "1");
        }
        return defaults;
    }

    /** What instances need that share the work: a name and an address each. */
    private static Map<String, String> together(ComponentName name, int port) {
        return Map.of(
                Settings.GROUP_INSTANCE_ID.name(), name + "-local",
                Settings.APPLICATION_SERVER.name(), "127.0.0.1:" + port);
    }

    /** What the stack itself decides. */
    private static Map<String, String> fixed(StackOptions stack, ComponentName name, int port) {
        var fixed = new LinkedHashMap<>(Map.of(
                Settings.BOOTSTRAP_SERVERS.name(), stack.bootstrapServers(),
                Settings.SCHEMA_REGISTRY_URL.name(), stack.registryUrl(),
                Settings.REPLICATION_FACTOR.name(), "1",
                Settings.STATE_DIR.name(), stack.applicationFolder(name).toString(),
                Settings.HTTP_PORT.name(), Integer.toString(port),
                // Nobody but this machine is served.
                Settings.HTTP_TLS_CERTIFICATE.name(), "",
                Settings.HTTP_TLS_KEY.name(), ""));
        stack.redisUrl().ifPresent(url -> fixed.put(Settings.REDIS_URL.name(), url));
        if (stack.sinks().redis().equals(Sink.EMBEDDED)) {
            fixed.put(Settings.REDIS_USER.name(), "");
            fixed.put(Settings.REDIS_PASSWORD.name(), "");
        }
        // A server of one's own has credentials that the connector gets in other ways.
        if (stack.sinks().postgres().equals(Sink.EMBEDDED)) {
            fixed.put(Settings.POSTGRES_URL.name(), stack.postgresUrl().orElseThrow());
        }
        return fixed;
    }

    private static List<String> arguments(SettingsOptions given, Map<String, String> flags) {
        var arguments = new ArrayList<>(List.of("run", "--create-topics"));
        given.file().ifPresent(file -> arguments.add("--config=" + file.toAbsolutePath()));
        flags.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    private static List<String> jvmArguments(Settings settings, Map<String, String> environment) {
        var options = new ArrayList<>(HEAP);
        // Later ones win: of the heap, what a profile or the memory says.
        options.addAll(JvmOptions.of(settings));
        if (!settings.isGiven(Settings.PROFILE)) {
            // What broker and registry have as well: no collector threads that fight over the cores.
            options.replaceAll(option -> JvmOptions.choosesCollector(option) ? "-XX:+UseSerialGC" : option);
        }
        return JvmOptions.withOwn(options, environment);
    }
}
