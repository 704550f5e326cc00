package io.bursar.local;

import io.bursar.local.StackOptions.ApplicationCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Bursar itself. */
final class Application {
    private Application() {}

    static Component component(DataFolder data, int port, ApplicationCommand application) {
        var temporary = data.temporaryFolderOf(ComponentName.BURSAR);
        data.folderOf(ComponentName.BURSAR);
        var command = new JavaCommand()
                .property("java.io.tmpdir", temporary)
                .flags(application.jvmArguments())
                .tethered(application.mainClass(), application.arguments());
        return new Component(
                ComponentName.BURSAR,
                port,
                command,
                Map.of(),
                Loopback.http(port, application.readyPath()),
                // A large journal may have to be restored into the stores.
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                temporary,
                List.of(ComponentName.BROKER, ComponentName.REGISTRY));
    }
}
