package io.bursar.cli;

import io.bursar.cli.scenario.ScenarioException;
import io.bursar.cli.scenario.ScenarioSession;
import io.bursar.cli.scenario.StackStage;
import io.bursar.cli.scenario.StageException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bursar scenario}. */
@Command(
        name = "scenario",
        description =
                "Plays scenario files on a running system and says where it does something else than they state; each"
                        + " uses accounts and assets of its own. Exit code 0 when all was as stated, 1 otherwise. Takes any"
                        + " setting as a flag; without --bootstrap.servers it is the stack that `bursar up` started.",
        mixinStandardHelpOptions = true)
final class ScenarioCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolderOption data;

    @Mixin
    private SettingsOptions given;

    @Option(
            names = "--http",
            paramLabel = "URL",
            description =
                    "Hold the answers of the HTTP API there against the journal; the running stack's own when none"
                            + " is given.")
    private URI http;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print what came of every step.")
    private boolean verbose;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files, and folders of *.yaml files.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var err = spec.commandLine().getErr();
        try {
            var scenarios = ScenarioSession.read(files);
            try (var stage = stage()) {
                var session = new ScenarioSession(spec.commandLine().getOut(), verbose);
                return session.play(scenarios, stage) ? 0 : 1;
            }
        } catch (NoSuchFileException e) {
            err.println("There is no file " + e.getFile() + ".");
        } catch (ScenarioException | StageException e) {
            err.println(e.getMessage());
        }
        return 1;
    }

    private StackStage stage() {
        var settings = given.load();
        if (settings.isGiven(Settings.BOOTSTRAP_SERVERS)) {
            return new StackStage(settings, Optional.ofNullable(http));
        }
        var stack = data.client()
                .running()
                .orElseThrow(() -> new StageException("No stack runs on " + data.folder()
                        + ": `bursar up` starts one, --bootstrap.servers names another system."));
        var sources = new ArrayList<SettingsSource>();
        given.file().map(SettingsSource::file).ifPresent(sources::add);
        sources.add(SettingsSource.environment(System.getenv()));
        sources.add(SettingsSource.flags(given.flags()));
        sources.add(SettingsSource.named(
                "running stack",
                Map.of(
                        Settings.BOOTSTRAP_SERVERS.name(), stack.bootstrapServers(),
                        Settings.SCHEMA_REGISTRY_URL.name(), stack.registryUrl())));
        var onStack = Settings.load(sources.toArray(SettingsSource[]::new));
        return new StackStage(onStack, Optional.of(http == null ? URI.create(stack.httpUrl()) : http));
    }
}
