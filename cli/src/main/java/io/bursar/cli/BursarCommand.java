package io.bursar.cli;

import io.bursar.cli.clients.CommandException;
import io.bursar.local.StackException;
import io.bursar.schemas.serde.IncompatibleSchemaException;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.service.HttpServiceException;
import io.bursar.topology.settings.SettingsException;
import io.bursar.topology.topics.TopicsException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: what it was asked for does its subcommand. */
@Command(
        name = "bursar",
        description = "The account service of a trading system.",
        mixinStandardHelpOptions = true,
        versionProvider = BursarCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TopicsCommand.class,
            RunCommand.class,
            KeysCommand.class,
            VerifyCommand.class,
            DeadLettersCommand.class,
            SuspendedFillsCommand.class,
            JournalCommand.class,
            RestoreCommand.class,
            SinkCommand.class,
            DemoCommand.class,
            ScenarioCommand.class
        })
public final class BursarCommand {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    /** Their messages say what is wrong and leave nothing to explain. */
    private static final Set<Class<? extends Exception>> FOR_OPERATORS = Set.of(
            StackException.class,
            SettingsException.class,
            TopicsException.class,
            CommandException.class,
            RegistryUnavailableException.class,
            IncompatibleSchemaException.class,
            HttpServiceException.class);

    private BursarCommand() {}

    /** Ends the process: with 0 on success, 1 on a failure, 2 when the command line cannot be understood. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The parser with all subcommands. A failure is one line on standard error. */
    static CommandLine commandLine() {
        return new CommandLine(new BursarCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(BursarCommand::exitCode)
                .setParameterExceptionHandler(BursarCommand::reportUsage)
                .setExecutionExceptionHandler(BursarCommand::reportFailure);
    }

    private static int exitCode(Throwable failure) {
        return failure instanceof CommandLine.ParameterException ? USAGE : FAILURE;
    }

    private static int reportUsage(CommandLine.ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        command.getErr()
                .println(failure.getMessage() + "; `" + command.getCommandSpec().qualifiedName()
                        + " --help` says what it takes.");
        return USAGE;
    }

    private static int reportFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(sentence(failure));
        if (Boolean.getBoolean("bursar.stacktrace")) {
            failure.printStackTrace(command.getErr());
        }
        return FAILURE;
    }

    private static String sentence(Exception failure) {
        return FOR_OPERATORS.contains(failure.getClass())
                ? failure.getMessage()
                : "Unexpected failure: " + failure
                        + " (BURSAR_JAVA_OPTS=-Dbursar.stacktrace=true shows where it comes from)";
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = BursarCommand.class.getPackage().getImplementationVersion();
            return new String[] {"bursar " + (version == null ? "(not packaged)" : version)};
        }
    }
}
