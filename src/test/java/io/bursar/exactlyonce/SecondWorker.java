package io.bursar.exactlyonce;

import io.bursar.stack.RunningStack;
import io.bursar.stack.Wait;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Another worker with the PostgreSQL sink of a stack, in the same consumer group as the stack's own. */
final class SecondWorker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final URI rest;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private SecondWorker(Process process, URI rest, Path log) {
        this.process = process;
        this.rest = rest;
        this.log = log;
    }

    static SecondWorker start(RunningStack stack) throws IOException {
        var home = Path.of(System.getProperty("bursar.connect.home"));
        var data = stack.options().dataFolder();
        var configuration = data.resolve("connect-2.properties");
        URI rest;
        try (var free = new ServerSocket(0)) {
            rest = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        // The last value of a property counts.
        Files.writeString(
                configuration,
                Files.readString(data.resolve("connect.properties")) + "listeners=" + rest
                        + "\noffset.storage.file.filename=" + data.resolve("connect-2.offsets") + "\n");
        var log = Path.of("target", "stack-logs", "second-worker.log").toAbsolutePath();
        Files.createDirectories(log.getParent());
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        home.resolve("target/worker") + "/*",
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        configuration.toString(),
                        home.resolve("configs/postgres-sink.json").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.put("SINK_JOURNAL_TOPIC", stack.topics().journal());
        environment.put("SINK_SCHEMA_REGISTRY_URL", stack.registryUrl());
        environment.put("SINK_POSTGRES_URL", stack.options().postgresUrl().orElseThrow());
        environment.put("SINK_POSTGRES_USER", "");
        environment.put("SINK_POSTGRES_PASSWORD", "");
        return new SecondWorker(builder.start(), rest, log);
    }

    /** Returns when the task of the connector runs. */
    void awaitTask(String connector) {
        Wait.until("the second worker's task of " + connector, PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the second worker has ended; its log is " + log);
            }
            var status = status(connector);
            return status.contains("\"id\":0,\"state\":\"RUNNING\"") ? Optional.empty() : Optional.of(status);
        });
    }

    private String status(String connector) {
        try {
            var request = HttpRequest.newBuilder(rest.resolve("/connectors/" + connector + "/status"))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        http.close();
    }
}
