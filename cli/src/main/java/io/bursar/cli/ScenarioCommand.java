package io.bursar.cli;

import io.bursar.cli.scenario.ScenarioException;
import io.bursar.cli.scenario.ScenarioSession;
import io.bursar.cli.scenario.StackStage;
import io.bursar.cli.scenario.StageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
                        + " uses accounts and assets of its own. Exit code 0 when all was as stated, 1 otherwise."
                        + TargetOptions.HINT,
        mixinStandardHelpOptions = true)
final class ScenarioCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOptions target;

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
        var system = target.find();
        return new StackStage(system.settings(), Optional.ofNullable(http).or(system::http), system.apiKey());
    }
}
