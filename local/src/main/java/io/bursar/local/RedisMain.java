package io.bursar.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A Redis server, guarded by this JVM. */
public final class RedisMain {
    private static final String PROGRAM = "redis-server";
    private static final int STOP_WITHIN_SECONDS = 5;

    private RedisMain() {}

    /** @param args the folder that holds its data, then the port */
    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Path.of(args[0]);
        var pidFile = folder.resolve("redis.pid");
        GuardedServer.endLeftover(pidFile, PROGRAM);
        var server = new ProcessBuilder(command(folder, args[1], pidFile))
                .inheritIO()
                // Standard input is this JVM's tether.
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        new GuardedServer(server.toHandle(), () -> stop(server)).guard();
    }

    /** The program of this machine, else the one that comes with Bursar. */
    private static List<String> command(Path folder, String port, Path pidFile) throws IOException {
        var program = Programs.isOnPath(PROGRAM)
                ? PROGRAM
                : ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
        return List.of(
                program,
                "--bind",
                Loopback.HOST,
                "--port",
                port,
                "--dir",
                folder.toString(),
                "--pidfile",
                pidFile.toString(),
                "--appendonly",
                "yes",
                // What the log holds need not be in snapshots as well.
                "--save",
                "");
    }

    private static void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
