package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.api.JournalFollower;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.journal.JournalExport;
import io.bursar.cli.journal.JournalImport;
import io.bursar.cli.output.Column;
import io.bursar.cli.progress.ProgressLine;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar journal}. */
@Command(
        name = "journal",
        description =
                "Shows what has happened in an account; writes the journal to a file, which is the backup, and back.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JournalCommand.Show.class, JournalCommand.Export.class, JournalCommand.Import.class})
final class JournalCommand {
    /** {@code bursar journal show}. */
    @Command(
            name = "show",
            description = "Shows the entries of an account by the HTTP API; --output json has all that is in them. With"
                    + " --follow also those to come, until Ctrl-C: without --from these alone, each once, also when the"
                    + " connection is lost meanwhile.")
    static final class Show extends QueryCommand {
        @Mixin
        private AccountParameter account;

        @Option(names = "--from", paramLabel = "SEQUENCE", description = "The first entry to show.")
        private Long from;

        @Option(names = "--limit", paramLabel = "COUNT", description = "How many to show at most; not with --follow.")
        private Integer limit;

        @Option(names = "--follow", description = "Go on with what comes.")
        private boolean follow;

        Show() {
            super(
                    "entries",
                    Column.number("sequence"),
                    Column.text("occurredAt"),
                    Column.text("kind"),
                    Column.text("commandId"),
                    Column.text("order.orderId"),
                    Column.text("order.instrument"),
                    Column.text("order.side"),
                    Column.number("order.filledQuantity"),
                    Column.text("order.status"));
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get("accounts", account.id(), "journal")
                    .query("from-sequence", from)
                    .query("limit", limit);
        }

        @Override
        public Integer call() throws InterruptedException {
            if (!follow) {
                return super.call();
            }
            if (limit != null) {
                throw usage("--limit and --follow do not go together");
            }
            try (var client = client()) {
                var printer = listing().printer(out(), format());
                new JournalFollower(client, account.id(), from, entry -> {
                            printer.accept(entry);
                            out().flush();
                        })
                        .follow(this::note);
                return ExitCode.DONE;
            }
        }
    }

    /** {@code bursar journal export}. */
    @Command(
            name = "export",
            description =
                    "Writes the committed entries of the journal, up to its present end, to an Avro file, and checks them"
                            + " meanwhile; a journal that is not sound gives no file." + TargetOptions.HINT)
    static final class Export extends TargetCommand {
        @Parameters(paramLabel = "FILE", description = "Must not be there yet.")
        private Path file;

        @Override
        public Integer call() {
            var out = out();
            try (var connection = connect()) {
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
                            + TargetOptions.HINT)
    static final class Import extends TargetCommand {
        @Parameters(paramLabel = "FILE", description = "As `bursar journal export` wrote it.")
        private Path file;

        @Override
        public Integer call() {
            var out = out();
            try (var connection = connect()) {
                var journalImport = new JournalImport(connection, file);
                out.println(ProgressLine.during(out, journalImport::progress, journalImport::run));
                out.flush();
                return 0;
            }
        }
    }
}
