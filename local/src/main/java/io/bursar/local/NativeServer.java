package io.bursar.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** PostgreSQL and Redis: servers that are no JVMs, each {@linkplain GuardedServer guarded} by a small one. */
final class NativeServer {
    private NativeServer() {}

    static Component postgres(DataFolder data, int port) {
        return component(data, ComponentName.POSTGRES, PostgresMain.class, port, Health.ofPostgres(port));
    }

    static Component redis(DataFolder data, int port) {
        return component(data, ComponentName.REDIS, RedisMain.class, port, Health.ofRedis(port));
    }

    private static Component component(DataFolder data, ComponentName name, Class<?> guard, int port, URI health) {
        var temporary = data.temporaryFolderOf(name);
        Path folder = data.folderOf(name);
        var command = new JavaCommand()
                // Most of it for unpacking the programs at the first start.
                .heapMb(8, 128)
                .flags("-XX:TieredStopAtLevel=1")
                .property("java.io.tmpdir", temporary)
                .property("logback.configurationFile", "io/bursar/local/console-logback.xml")
                .main(guard.getName(), List.of(folder.toString(), Integer.toString(port)));
        return new Component(
                name,
                port,
                command,
                Map.of(),
                health,
                Duration.ofSeconds(90),
                Duration.ofSeconds(15),
                temporary,
                List.of());
    }
}
