package io.bursar.cli;

import io.bursar.local.StackOptions;
import io.bursar.local.StackOptions.ApplicationCommand;
import io.bursar.topology.settings.Setting;
import io.bursar.topology.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How {@code up} runs Bursar on the local stack: as {@code bursar run}, pointed at that broker and registry. */
final class LocalApplication {
    private static final String READY_PATH = "/health/ready";

    /** What one machine is better off with, unless the user or a profile says otherwise. */
    private static final Map<Setting<?>, String> DEFAULTS = Map.of(
            Settings.PARTITIONS, "4",
            Settings.ROCKSDB_MEMORY_MB, "128",
            // Static membership: after a restart its partitions are still its own.
            Settings.GROUP_INSTANCE_ID, "bursar-local");

    /** Enough to try things out beside the broker and the registry; what the machine has would be more. */
    private static final List<String> HEAP = List.of("-Xms128m", "-Xmx512m");

    private LocalApplication() {}

    /**
     * The command for an application on the broker and registry of {@code stack}.
     *
     * @throws io.bursar.topology.settings.SettingsException if the settings cannot be used; nothing is started then
     */
    static ApplicationCommand command(StackOptions stack, SettingsOptions given) {
        var fixed = fixed(stack);
        given.refuse(fixed.keySet());
        var settings = given.load();
        var flags = new LinkedHashMap<>(given.flags());
        DEFAULTS.forEach((setting, text) -> {
            if (settings.isDefault(setting)) {
                flags.put(setting.name(), text);
            }
        });
        flags.putAll(fixed);
        return new ApplicationCommand(
                BursarCommand.class.getName(), arguments(given, flags), jvmArguments(given.load(flags)), READY_PATH);
    }

    /** What the stack itself decides. */
    private static Map<String, String> fixed(StackOptions stack) {
        return Map.of(
                Settings.BOOTSTRAP_SERVERS.name(), stack.bootstrapServers(),
                Settings.SCHEMA_REGISTRY_URL.name(), stack.registryUrl(),
                Settings.REPLICATION_FACTOR.name(), "1",
                Settings.STATE_DIR.name(), stack.applicationFolder().toString(),
                Settings.HTTP_PORT.name(), Integer.toString(stack.ports().http()));
    }

    private static List<String> arguments(SettingsOptions given, Map<String, String> flags) {
        var arguments = new ArrayList<>(List.of("run", "--create-topics"));
        given.file().ifPresent(file -> arguments.add("--config=" + file.toAbsolutePath()));
        flags.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    private static List<String> jvmArguments(Settings settings) {
        var options = new ArrayList<>(HEAP);
        // Later ones win: of the heap, what a profile or the memory says.
        options.addAll(JvmOptions.of(settings));
        if (!settings.isGiven(Settings.PROFILE)) {
            // What broker and registry have as well: no collector threads that fight over the cores.
            options.replaceAll(option -> JvmOptions.choosesCollector(option) ? "-XX:+UseSerialGC" : option);
        }
        return JvmOptions.withOwn(options, System.getenv());
    }
}
