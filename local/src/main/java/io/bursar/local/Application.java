package io.bursar.local;

import io.bursar.local.StackOptions.ApplicationCommand;
import java.time.Duration;
import java.util.List;

/** An instance of Bursar itself. */
final class Application {
    private Application() {}

    static Component component(DataFolder data, ComponentName name, ApplicationCommand application) {
        var temporary = data.temporaryFolderOf(name);
        data.folderOf(name);
        var command = new JavaCommand()
                .property("java.io.tmpdir", temporary)
                .flags(application.jvmArguments())
                .tethered(application.mainClass(), application.arguments());
        return new Component(
                name,
                application.port(),
                command,
                application.environment(),
                Loopback.http(application.port(), application.readyPath()),
                // A large journal may have to be restored into the stores.
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                temporary,
                List.of(ComponentName.BROKER, ComponentName.REGISTRY, ComponentName.REDIS));
    }
}
