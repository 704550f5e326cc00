package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.topology.settings.Settings;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Which system a command is about: the one whose brokers the settings name, else the stack of the data folder. */
final class TargetOptions extends SettingsOptions {
    /** For the description of such a command. */
    static final String HINT =
            " Takes any setting as a flag; without --bootstrap.servers it is the stack that `bursar up` started.";

    private static final String API_KEY = "BURSAR_API_KEY";

    @Mixin
    private DataFolderOption data;

    /**
     * Reads the settings and, if they do not name brokers, finds the running stack.
     *
     * @throws CommandException when there is none
     * @throws io.bursar.topology.settings.SettingsException with everything that is wrong in the settings
     */
    TargetSystem find() {
        var settings = load();
        if (settings.isGiven(Settings.BOOTSTRAP_SERVERS)) {
            return new TargetSystem(settings, Optional.empty(), givenKey(), SinkTarget.NONE);
        }
        var stack = data.client()
                .running()
                .orElseThrow(() -> new CommandException("No stack runs on " + data.folder()
                        + ": `bursar up` starts one, --bootstrap.servers names another system."));
        return new TargetSystem(
                loadFor(stack),
                Optional.of(URI.create(stack.httpUrl())),
                givenKey().or(() -> LocalKey.read(data)),
                SinkTarget.of(stack));
    }

    private static Optional<String> givenKey() {
        return Optional.ofNullable(System.getenv(API_KEY)).filter(key -> !key.isBlank());
    }
}
