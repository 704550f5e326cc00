package io.bursar.cli;

import io.bursar.cli.base.ConsentOption;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.journal.Restoration;
import io.bursar.cli.progress.ProgressLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar restore}. */
@Command(
        name = "restore",
        description =
                "Makes the state of an empty installation from a journal, while none of its instances runs: folds it into"
                        + " the rows of the stores and writes them to the changelog. The next start restores the stores"
                        + " from there." + TargetOptions.HINT,
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ConsentOption consent;

    @Option(
            names = "--journal",
            paramLabel = "FILE|TOPIC",
            required = true,
            description =
                    "A file of `bursar journal export`, or a topic. Any but the installation's own journal is copied"
                            + " there as well.")
    private String journal;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var settings = target.find().settings();
        try (var connection = new Connection(settings)) {
            consent.require(
                    spec.commandLine(),
                    "Restore application %s on %s from %s?"
                            .formatted(connection.applicationId(), connection.brokers(), journal));
            var restoration = new Restoration(connection, settings, journal);
            out.println(ProgressLine.during(out, restoration::progress, restoration::run));
            out.flush();
            return 0;
        }
    }
}
