package io.bursar.schemas.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A real Apicurio registry in a process of its own, with an empty store in memory. */
final class RegistryProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final int port;

    /** One registry for all test classes of a run: it takes seconds to start. Tests use subjects of their own. */
    static final class Shared implements BeforeAllCallback {
        private RegistryProcess registry;

        @Override
        public void beforeAll(ExtensionContext context) {
            registry = context.getRoot()
                    .getStore(Namespace.GLOBAL)
                    .getOrComputeIfAbsent(RegistryProcess.class, key -> new RegistryProcess(), RegistryProcess.class);
        }

        String url() {
            return "http://127.0.0.1:" + registry.port + "/apis/ccompat/v7";
        }
    }

    RegistryProcess() {
        try {
            this.port = freePort();
            int managementPort = freePort();
            this.process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=" + port,
                            // Without a host of its own the management port would be open to the network.
                            "-Dquarkus.management.host=127.0.0.1",
                            "-Dquarkus.management.port=" + managementPort,
                            "-jar",
                            "quarkus-run.jar")
                    .directory(Path.of("target", "registry").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "registry.log").toFile())
                    .start();
            // For a run that is broken off.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            awaitReady(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(URI health) {
        var deadline = Instant.now().plus(START_LIMIT);
        try (var http = HttpClient.newHttpClient()) {
            while (!isReady(http, health)) {
                if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("The registry did not start: see target/registry.log");
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the registry was starting", e);
        }
    }

    private static boolean isReady(HttpClient http, URI health) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
