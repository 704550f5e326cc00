package io.bursar.cli;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.progress.ProgressLine;
import io.bursar.cli.progress.Text;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.cli.sinks.TableRebuild;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar sink}. */
@Command(
        name = "sink",
        description = "What operators do with the databases that the journal is carried to.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SinkCommand.RebuildTables.class)
final class SinkCommand {
    /** {@code bursar sink rebuild}. */
    @Command(
            name = "rebuild",
            description =
                    "Fills new tables of PostgreSQL from the beginning of the journal, beside those in use, and puts them in"
                            + " their place. The connector may run meanwhile; the old tables stay under another name."
                            + TargetOptions.HINT,
            mixinStandardHelpOptions = true)
    static final class RebuildTables implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private TargetOptions target;

        @Option(
                names = "--postgres",
                paramLabel = "URL",
                description = "The database, jdbc:postgresql://…, user and password from SINK_POSTGRES_USER and"
                        + " SINK_POSTGRES_PASSWORD; that of the running stack when none is given.")
        private String postgres;

        @Option(
                names = "--schema",
                paramLabel = "NAME",
                defaultValue = SinkTarget.SCHEMA,
                description = "The schema that the tables lie in (default: ${DEFAULT-VALUE}).")
        private String schema;

        @Override
        public Integer call() throws Exception {
            var system = target.find();
            var url = Optional.ofNullable(postgres)
                    .or(() -> system.sinks().postgres())
                    .orElseThrow(() -> new CommandException("Which database? --postgres=URL names it."));
            var out = spec.commandLine().getOut();
            try (var connection = new Connection(system.settings())) {
                var rebuild = new TableRebuild(connection, url, schema);
                var result = ProgressLine.during(out, rebuild::progress, rebuild::run);
                out.println("%s entries are in the tables of schema %s.%s"
                        .formatted(
                                Text.count(result.entries()),
                                schema,
                                result.replaced() == null
                                        ? ""
                                        : " Those before are in schema "
                                                + result.replaced().name() + "; drop it when you need it no more."));
                out.flush();
                return 0;
            } catch (SQLException e) {
                throw new CommandException("The tables were not replaced. PostgreSQL: " + e.getMessage(), e);
            }
        }
    }
}
