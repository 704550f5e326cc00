package io.bursar.cli;

import io.bursar.cli.clients.CommandException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The system that a command is about: the one whose brokers are given, else the stack that runs on the data folder.
 *
 * @param settings of clients of this system
 * @param http the base of the stack's own HTTP API; empty when the brokers were given
 */
record TargetSystem(Settings settings, Optional<URI> http) {
    /**
     * Reads the settings and, if they do not name brokers, finds the running stack.
     *
     * @throws CommandException when there is none
     * @throws io.bursar.topology.settings.SettingsException with everything that is wrong in the settings
     */
    static TargetSystem find(DataFolderOption data, SettingsOptions given) {
        var settings = given.load();
        if (settings.isGiven(Settings.BOOTSTRAP_SERVERS)) {
            return new TargetSystem(settings, Optional.empty());
        }
        var stack = data.client()
                .running()
                .orElseThrow(() -> new CommandException("No stack runs on " + data.folder()
                        + ": `bursar up` starts one, --bootstrap.servers names another system."));
        var sources = new ArrayList<SettingsSource>();
        given.file().map(SettingsSource::file).ifPresent(sources::add);
        sources.add(SettingsSource.environment(System.getenv()));
        sources.add(SettingsSource.flags(given.flags()));
        sources.add(SettingsSource.named(
                "running stack",
                Map.of(
                        Settings.BOOTSTRAP_SERVERS.name(), stack.bootstrapServers(),
                        Settings.SCHEMA_REGISTRY_URL.name(), stack.registryUrl())));
        var onStack = Settings.load(sources.toArray(SettingsSource[]::new));
        return new TargetSystem(onStack, Optional.of(URI.create(stack.httpUrl())));
    }

    /**
     * The instances whose HTTP API is to be asked.
     *
     * @param given by the user; empty for the stack's own
     * @throws CommandException when there are neither
     */
    List<URI> instances(List<URI> given) {
        if (!given.isEmpty()) {
            return given;
        }
        return List.of(
                http.orElseThrow(
                        () -> new CommandException(
                                "Whom to ask for accounts? --http=URL names the HTTP API of an instance, such as http://bursar-1:8080.")));
    }
}
