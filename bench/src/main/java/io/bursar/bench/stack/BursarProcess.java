package io.bursar.bench.stack;

import io.bursar.cli.BursarCommand;
import io.bursar.cli.JvmOptions;
import io.bursar.local.Tethered;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** {@code bursar run} as a process of its own, which ends with this one however this one ends. For one thread. */
public final class BursarProcess implements AutoCloseable {
    /** The profile's come after them. */
    private static final List<String> JVM_FLAGS = List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED");

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Process process;
    private final Path log;
    private final URI http;
    private final HttpClient client = HttpClient.newHttpClient();

    private BursarProcess(Process process, Path log, URI http) {
        this.process = process;
        this.log = log;
        this.http = http;
    }

    /**
     * Starts it; it is not ready yet.
     *
     * @param flags its settings by name, without the port of its HTTP API
     * @param log takes what it writes, after what is there
     */
    public static BursarProcess start(Map<String, String> flags, Path log) {
        int port = freePort();
        var all = new TreeMap<>(flags);
        all.put(Settings.HTTP_PORT.name(), Integer.toString(port));
        all.put(Settings.APPLICATION_SERVER.name(), "127.0.0.1:" + port);
        try {
            Files.createDirectories(log.getParent());
            var process = new ProcessBuilder(command(all))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new BursarProcess(process, log, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException("Bursar cannot be started", e);
        }
    }

    private static List<String> command(Map<String, String> flags) throws IOException {
        var settings = Settings.load(SettingsSource.flags(flags));
        // So that the first instance on it archives its classes for the restarts.
        Files.createDirectories(settings.get(Settings.STATE_DIR));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(JvmOptions.of(settings));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Tethered.class.getName(), BursarCommand.class.getName(), "run"));
        flags.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free on the loopback address", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Returns when it decides and answers queries. */
    public BursarProcess awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw new BenchException("Bursar is not ready after " + READY_WITHIN.toSeconds() + " s");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return this;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    /** @throws BenchException with the last it said, when it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchException("Bursar ended with " + process.exitValue() + ": " + lastLine());
        }
    }

    private String lastLine() {
        try (var lines = Files.lines(log)) {
            return lines.reduce("", (before, line) -> line);
        } catch (IOException e) {
            return log + " cannot be read";
        }
    }

    /** The numbers of its metrics page. */
    public MetricsText metrics() throws InterruptedException {
        try {
            return new MetricsText(get("/metrics").body());
        } catch (IOException e) {
            throw new UncheckedIOException("the metrics of Bursar cannot be read", e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(http.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** SIGKILL: nothing is committed, closed or said. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
        client.close();
    }

    /** SIGTERM: everything is committed and closed. */
    @Override
    public void close() {
        // Process.destroy() would close its standard input as well, which ends it at once.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
