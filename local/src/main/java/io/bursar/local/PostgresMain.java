package io.bursar.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL server, guarded by this JVM. Its files are unpacked and its database made at the first start. */
public final class PostgresMain {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    private PostgresMain() {}

    /** @param args the folder that holds programs and data, then the port */
    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Path.of(args[0]);
        var data = folder.resolve("data");
        var pidFile = data.resolve("postmaster.pid");
        GuardedServer.endLeftover(pidFile, "postgres");
        var postgres = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, hardware) -> PostgresPrograms.of(system))
                .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(Integer.parseInt(args[1]))
                .setPGStartupWait(START_WITHIN)
                .setServerConfig("listen_addresses", Loopback.HOST)
                // The library turns it off: what was committed would not survive the machine.
                .setServerConfig("fsync", "on")
                .setServerConfig("max_wal_size", "1GB")
                .setOutputRedirector(Redirect.INHERIT)
                .setErrorRedirector(Redirect.INHERIT)
                .start();
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var server = ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalStateException("process " + pid + " of PostgreSQL is gone already"));
        new GuardedServer(server, () -> close(postgres)).guard();
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
