package io.bursar.cli;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.topology.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The system that a command is about: the one whose brokers are given, else the stack that runs on the data folder.
 *
 * @param settings of clients of this system
 * @param http the base of the stack's own HTTP API; empty when the brokers were given
 * @param apiKey for that API; empty when none is known
 * @param sinks of the stack; none when the brokers were given
 */
record TargetSystem(Settings settings, Optional<URI> http, Optional<String> apiKey, SinkTarget sinks) {
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
