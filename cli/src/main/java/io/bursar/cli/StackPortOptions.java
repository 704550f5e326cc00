package io.bursar.cli;

import io.bursar.local.StackPorts;
import picocli.CommandLine.Option;

/** On which ports a stack that is started listens. */
final class StackPortOptions {
    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "" + StackPorts.DEFAULT_KAFKA,
            description = "Port of the broker (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "" + StackPorts.DEFAULT_REGISTRY,
            description = "Port of the schema registry (default: ${DEFAULT-VALUE}).")
    private int registryPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "" + StackPorts.DEFAULT_HTTP,
            description = "Port of Bursar's HTTP API (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "" + StackPorts.DEFAULT_POSTGRES,
            description = "Port of PostgreSQL (default: ${DEFAULT-VALUE}).")
    private int postgresPort;

    @Option(
            names = "--redis-port",
            paramLabel = "PORT",
            defaultValue = "" + StackPorts.DEFAULT_REDIS,
            description = "Port of Redis (default: ${DEFAULT-VALUE}).")
    private int redisPort;

    @Option(
            names = "--connect-port",
            paramLabel = "PORT",
            defaultValue = "" + StackPorts.DEFAULT_CONNECT,
            description = "Port of Kafka Connect's REST API (default: ${DEFAULT-VALUE}).")
    private int connectPort;

    StackPorts ports() {
        return new StackPorts(kafkaPort, registryPort, httpPort, postgresPort, redisPort, connectPort);
    }
}
