package io.bursar.cli;

import io.bursar.local.StackOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** On which ports a stack that is started listens. */
final class StackPortOptions {
    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "" + StackOptions.DEFAULT_KAFKA_PORT,
            description = "Port of the broker (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "" + StackOptions.DEFAULT_REGISTRY_PORT,
            description = "Port of the schema registry (default: ${DEFAULT-VALUE}).")
    private int registryPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "" + StackOptions.DEFAULT_HTTP_PORT,
            description = "Port of Bursar's HTTP API (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    /** A stack of broker and registry alone. */
    StackOptions in(Path dataFolder) {
        return new StackOptions(dataFolder, kafkaPort, registryPort, httpPort, Optional.empty());
    }
}
