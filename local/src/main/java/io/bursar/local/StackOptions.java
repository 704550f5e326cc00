package io.bursar.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a stack lives and on which loopback ports it listens.
 *
 * @param dataFolder holds everything the stack writes; made when it is not there
 * @param kafkaPort the broker's port, 1 to 65535
 * @param registryPort the schema registry's port, 1 to 65535
 * @param httpPort the port of Bursar's own HTTP service, 1 to 65535
 * @param application what to run beside broker and registry; empty for those two alone
 */
public record StackOptions(
        Path dataFolder, int kafkaPort, int registryPort, int httpPort, Optional<ApplicationCommand> application) {
    public static final int DEFAULT_KAFKA_PORT = 19092;
    public static final int DEFAULT_REGISTRY_PORT = 18081;
    public static final int DEFAULT_HTTP_PORT = 18080;

    public StackOptions {
        dataFolder = dataFolder.toAbsolutePath().normalize();
    }

    /** Broker and registry on the default ports. */
    public static StackOptions in(Path dataFolder) {
        return new StackOptions(
                dataFolder, DEFAULT_KAFKA_PORT, DEFAULT_REGISTRY_PORT, DEFAULT_HTTP_PORT, Optional.empty());
    }

    /** Broker and registry on ports that are free now: for tests and for stacks beside another one. */
    public static StackOptions onFreePorts(Path dataFolder) {
        var loopback = InetAddress.getLoopbackAddress();
        try (var kafka = new ServerSocket(0, 1, loopback);
                var registry = new ServerSocket(0, 1, loopback);
                var http = new ServerSocket(0, 1, loopback)) {
            return new StackOptions(
                    dataFolder, kafka.getLocalPort(), registry.getLocalPort(), http.getLocalPort(), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback address", e);
        }
    }

    /** The same stack with an application beside broker and registry. */
    public StackOptions with(ApplicationCommand command) {
        return new StackOptions(dataFolder, kafkaPort, registryPort, httpPort, Optional.of(command));
    }

    /** What Kafka clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return Loopback.HOST + ":" + kafkaPort;
    }

    /** The base of the registry's Confluent API. */
    public String registryUrl() {
        return Loopback.http(registryPort, "/apis/ccompat/v7").toString();
    }

    /** The base of Bursar's HTTP service. */
    public String httpUrl() {
        return Loopback.http(httpPort, "").toString();
    }

    /** The folder that the application may keep its state in. */
    public Path applicationFolder() {
        return dataFolder.resolve(ComponentName.BURSAR.toString());
    }

    /**
     * How to start the application that completes the stack.
     *
     * @param mainClass a class on the class path of the caller, with a {@code main} method
     * @param arguments what {@code main} gets
     * @param jvmArguments flags of its JVM
     * @param readyPath path on the HTTP port that answers 200 once the application is ready, such as {@code /ready}
     */
    public record ApplicationCommand(
            String mainClass, List<String> arguments, List<String> jvmArguments, String readyPath) {
        public ApplicationCommand {
            arguments = List.copyOf(arguments);
            jvmArguments = List.copyOf(jvmArguments);
        }
    }
}
