package io.bursar.local;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Apicurio Registry, which speaks Confluent's API, with its schemas in an H2 file. */
final class Registry {
    /** Names the folder of the unpacked registry when it is not beside this module's classes. */
    static final String HOME_PROPERTY = "bursar.registry.home";

    private static final String RUNNER = "quarkus-run.jar";

    private static final String DATABASE = "schemas";
    private static final String H2_MAGIC = "H:2,";
    private static final int H2_BLOCK_BYTES = 4096;

    private Registry() {}

    static Component component(DataFolder data, int port, int managementPort) {
        var temporary = data.temporaryFolderOf(ComponentName.REGISTRY);
        var folder = data.folderOf(ComponentName.REGISTRY);
        requireWhole(folder);
        var home = home();
        var own = JavaCommand.codeLocation();
        var command = new JavaCommand()
                .heapMb(64, 256)
                // Its code is hardly ever hot: the second compiler would cost memory and start-up time for nothing.
                .flags("-XX:TieredStopAtLevel=1")
                // Else its thread pool fails as it ends, and its stack traces hide why it ended.
                .flags("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .classPath(own + File.pathSeparator + home.resolve(RUNNER))
                .property("java.io.tmpdir", temporary)
                .property("quarkus.http.host", Loopback.HOST)
                .property("quarkus.http.port", port)
                .property("quarkus.http.access-log.enabled", false)
                .property("quarkus.banner.enabled", false)
                .property("quarkus.log.console.format", "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5p [%t] %s%e (%c{1})%n")
                // While it starts it is asked for its health all the time.
                .property("quarkus.log.category.\"io.smallrye.health\".level", "ERROR")
                // Unset, it would listen on all interfaces.
                .property("quarkus.management.host", Loopback.HOST)
                .property("quarkus.management.port", managementPort)
                .property("apicurio.storage.kind", "sql")
                .property("apicurio.storage.sql.kind", "h2")
                .property("apicurio.storage.snapshot.location", temporary)
                .property("apicurio.datasource.url", databaseUrl(folder))
                // The database is a file here: what does not work at once never will.
                .property("apicurio.storage.connection.retry.enabled", false)
                .property("apicurio.datasource.jdbc.initial-size", 1)
                .property("apicurio.datasource.jdbc.min-size", 1)
                .property("apicurio.rules.global.compatibility", "BACKWARD")
                .tethered("io.quarkus.bootstrap.runner.QuarkusEntryPoint", List.of());
        return new Component(
                ComponentName.REGISTRY,
                port,
                command,
                Map.of(),
                Loopback.http(managementPort, "/health/ready"),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                temporary,
                List.of());
    }

    /**
     * Records on topics carry the ids that the registry hands out, so an id must be on disk before it is answered:
     * without the delay of 0, H2 keeps commits back for up to 500 ms.
     */
    private static String databaseUrl(Path folder) {
        return "jdbc:h2:file:" + folder.resolve(DATABASE) + ";WRITE_DELAY=0";
    }

    /** With a file that is no database the registry would neither start nor end. */
    private static void requireWhole(Path folder) {
        var file = folder.resolve(DATABASE + ".mv.db");
        if (Files.notExists(file)) {
            return;
        }
        try (var channel = FileChannel.open(file)) {
            if (!isHeader(channel, 0) && !isHeader(channel, H2_BLOCK_BYTES)) {
                throw new StackException("The data folder is damaged: " + file
                        + " is no H2 database; restore it, or start anew after `bursar down --wipe`.");
            }
        } catch (IOException e) {
            throw new StackException("The schemas in " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** H2 keeps its header twice, in the first two blocks, and needs one of them. */
    private static boolean isHeader(FileChannel channel, long position) throws IOException {
        var start = ByteBuffer.allocate(H2_MAGIC.length());
        channel.read(start, position);
        return new String(start.array(), StandardCharsets.US_ASCII).equals(H2_MAGIC);
    }

    private static Path home() {
        var property = System.getProperty(HOME_PROPERTY);
        var home = property != null
                ? Path.of(property)
                : JavaCommand.codeLocation().resolveSibling("registry");
        if (!Files.isRegularFile(home.resolve(RUNNER))) {
            throw new StackException("The schema registry is not at " + home + "; build Bursar first.");
        }
        return home.toAbsolutePath();
    }
}
