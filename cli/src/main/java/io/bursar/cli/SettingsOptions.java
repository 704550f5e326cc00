package io.bursar.cli;

import io.bursar.local.StackState;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where settings come from: a file, the environment, and flags named like the settings themselves. */
class SettingsOptions {
    private static final String FLAG = "--";

    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with settings. Variables BURSAR_<NAME> win over it, and flags"
                    + " --<name>=<value> over both; docs/settings.md lists all names.")
    private Path file;

    /** Called by picocli with the command that has these options. */
    @Spec(Spec.Target.MIXEE)
    void setCommand(CommandSpec spec) {
        command = spec;
        // Settings are not options of picocli's: their own definitions check their names and values.
        spec.parser().unmatchedArgumentsAllowed(true);
    }

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** @throws io.bursar.topology.settings.SettingsException with everything that is wrong in any source */
    Settings load() {
        return load(flags());
    }

    /** The same with other flags than those among the arguments. */
    Settings load(Map<String, String> flags) {
        var sources = new ArrayList<SettingsSource>();
        file().map(SettingsSource::file).ifPresent(sources::add);
        sources.add(SettingsSource.environment(System.getenv()));
        sources.add(SettingsSource.flags(flags));
        return Settings.load(sources.toArray(SettingsSource[]::new));
    }

    /** Those of clients of a stack, whose brokers and registry win over what is given. */
    Settings loadFor(StackState stack) {
        var flags = flags();
        flags.putAll(ofClients(stack));
        return load(flags);
    }

    /** What a stack itself decides for its clients. */
    static Map<String, String> ofClients(StackState stack) {
        return Map.of(
                Settings.BOOTSTRAP_SERVERS.name(), stack.bootstrapServers(),
                Settings.SCHEMA_REGISTRY_URL.name(), stack.registryUrl());
    }

    /** Refuses flags for what the command decides itself. */
    void refuse(Set<String> names) {
        for (var name : flags().keySet()) {
            if (names.contains(name)) {
                throw usage("'" + FLAG + name + "' is decided by `" + command.qualifiedName()
                        + "` itself (`bursar run` takes it)");
            }
        }
    }

    /** The settings among the arguments, {@code --name=value} or {@code --name value}. */
    Map<String, String> flags() {
        var flags = new LinkedHashMap<String, String>();
        var arguments = command.commandLine().getUnmatchedArguments().iterator();
        while (arguments.hasNext()) {
            var argument = arguments.next();
            if (!argument.startsWith(FLAG)) {
                throw usage("Unknown argument '" + argument + "': settings are given as --name=value");
            }
            var equals = argument.indexOf('=');
            var name = argument.substring(FLAG.length(), equals < 0 ? argument.length() : equals);
            if (equals < 0 && !arguments.hasNext()) {
                throw usage("'" + argument + "' has no value: settings are given as --name=value");
            }
            var value = equals < 0 ? arguments.next() : argument.substring(equals + 1);
            if (flags.put(name, value) != null) {
                throw usage("'" + FLAG + name + "' is given twice");
            }
        }
        return flags;
    }

    private CommandLine.ParameterException usage(String sentence) {
        return new CommandLine.ParameterException(command.commandLine(), sentence);
    }
}
