package io.bursar.cli;

import io.bursar.cli.clients.Connection;
import io.bursar.cli.journal.JournalExport;
import io.bursar.cli.journal.JournalImport;
import io.bursar.cli.progress.ProgressLine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bursar journal}. */
@Command(
        name = "journal",
        description = "Writes the journal to a file, which is the backup, and back.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JournalCommand.Export.class, JournalCommand.Import.class})
final class JournalCommand {
    /** {@code bursar journal export}. */
    @Command(
            name = "export",
            description =
                    "Writes the committed entries of the journal, up to its present end, to an Avro file, and checks them"
                            + " meanwhile; a journal that is not sound gives no file." + TargetOptions.HINT,
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private TargetOptions target;

        @Parameters(paramLabel = "FILE", description = "Must not be there yet.")
        private Path file;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            try (var connection = new Connection(target.find().settings())) {
                var export = new JournalExport(connection, file);
                out.println(ProgressLine.during(out, export::progress, export::run));
                out.flush();
                return 0;
            }
        }
    }

    /** {@code bursar journal import}. */
    @Command(
            name = "import",
            description =
                    "Writes the entries of a file to the journal topic, which must be empty, after it has checked all of"
                            + " them. State does not come of it: that is what `bursar restore` is for."
                            + TargetOptions.HINT,
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private TargetOptions target;

        @Parameters(paramLabel = "FILE", description = "As `bursar journal export` wrote it.")
        private Path file;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            try (var connection = new Connection(target.find().settings())) {
                var journalImport = new JournalImport(connection, file);
                out.println(ProgressLine.during(out, journalImport::progress, journalImport::run));
                out.flush();
                return 0;
            }
        }
    }
}
