package io.bursar.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a stack lives, on which loopback ports it listens, and what belongs to it beside broker and registry.
 *
 * @param dataFolder holds everything the stack writes; made when it is not there
 * @param instances what to run on broker and registry, instance by instance; none for those two alone
 * @param sinks where the journal of the application goes
 */
public record StackOptions(Path dataFolder, StackPorts ports, List<ApplicationCommand> instances, Sinks sinks) {
    private static final String POSTGRES_USER = "postgres";

    public StackOptions {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        instances = List.copyOf(instances);
    }

    /** Broker and registry on ports that are free now: for tests and for stacks beside another one. */
    public static StackOptions onFreePorts(Path dataFolder) {
        return new StackOptions(dataFolder, StackPorts.free(), List.of(), Sinks.NONE);
    }

    /** The same stack with an application beside broker and registry, in so many instances as there are commands. */
    public StackOptions with(ApplicationCommand... commands) {
        return new StackOptions(dataFolder, ports, List.of(commands), sinks);
    }

    /** The same stack with Kafka Connect and the servers that are to be part of it. */
    public StackOptions with(Sinks wanted) {
        return new StackOptions(dataFolder, ports, instances, wanted);
    }

    /** What Kafka clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return Loopback.HOST + ":" + ports.kafka();
    }

    /** The base of the registry's Confluent API. */
    public String registryUrl() {
        return Loopback.http(ports.registry(), "/apis/ccompat/v7").toString();
    }

    /**
     * Ports for the HTTP services of so many instances: the stack's own for the first, and for the others ports above it
     * that are free now.
     */
    public List<Integer> httpPorts(int count) {
        var chosen = new ArrayList<>(List.of(ports.http()));
        while (chosen.size() < count) {
            chosen.add(Loopback.freeAbove(chosen.getLast(), Set.copyOf(ports.all())));
        }
        return chosen;
    }

    /** The base of the HTTP service of Bursar's first instance. */
    public String httpUrl() {
        return Loopback.http(ports.http(), "").toString();
    }

    /** The database that the PostgreSQL sink writes to, for JDBC; empty when there is none. */
    public Optional<String> postgresUrl() {
        return url(
                sinks.postgres(),
                "jdbc:postgresql://%s:%d/postgres?user=%s".formatted(Loopback.HOST, ports.postgres(), POSTGRES_USER));
    }

    /** The server that the Redis sink writes to; empty when there is none. */
    public Optional<String> redisUrl() {
        return url(sinks.redis(), "redis://" + Loopback.HOST + ":" + ports.redis());
    }

    private static Optional<String> url(Sinks.Sink sink, String embedded) {
        return switch (sink.kind()) {
            case NONE -> Optional.empty();
            case EMBEDDED -> Optional.of(embedded);
            case OWN -> Optional.of(sink.url());
        };
    }

    /** The folder that an instance of the application may keep its state in. */
    public Path applicationFolder(ComponentName instance) {
        return dataFolder.resolve(instance.toString());
    }

    /**
     * How to start an instance of the application that completes the stack.
     *
     * @param mainClass a class on the class path of the caller, with a {@code main} method
     * @param arguments what {@code main} gets
     * @param jvmArguments flags of its JVM
     * @param port of its HTTP service
     * @param readyPath path on that port that answers 200 once the application is ready, such as {@code /ready}
     * @param environment variables that it gets beside those of the stack, for what other users of the machine must not read
     */
    public record ApplicationCommand(
            String mainClass,
            List<String> arguments,
            List<String> jvmArguments,
            int port,
            String readyPath,
            Map<String, String> environment) {
        public ApplicationCommand {
            arguments = List.copyOf(arguments);
            jvmArguments = List.copyOf(jvmArguments);
            environment = Map.copyOf(environment);
        }
    }
}
