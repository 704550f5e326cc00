package io.bursar.cli;

import io.bursar.cli.api.ApiException;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.base.ConnectionOptions;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.desk.BrokerAccountsCommand;
import io.bursar.cli.desk.OperationsCommand;
import io.bursar.cli.desk.RouteCommand;
import io.bursar.cli.desk.TokensCommand;
import io.bursar.cli.desk.VaultCommand;
import io.bursar.local.StackException;
import io.bursar.schemas.serde.IncompatibleSchemaException;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.service.HttpServiceException;
import io.bursar.topology.settings.SettingsException;
import io.bursar.topology.topics.TopicsException;
import io.bursar.vault.MasterKeyException;
import java.util.Map;
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
            AuditCommand.class,
            VerifyCommand.class,
            DeadLettersCommand.class,
            SuspendedFillsCommand.class,
            JournalCommand.class,
            RestoreCommand.class,
            SinkCommand.class,
            DemoCommand.class,
            ScenarioCommand.class,
            HealthCommand.class,
            AccountsCommand.class,
            BalancesCommand.class,
            PositionsCommand.class,
            LotsCommand.class,
            OrdersCommand.class,
            RiskCommand.class,
            FillsCommand.class,
            TradesCommand.class,
            DepositCommand.class,
            WithdrawCommand.class,
            AdjustCommand.class,
            TransferCommand.class,
            TransfersCommand.class,
            AllocateCommand.class,
            LimitsCommand.class,
            QuotasCommand.class,
            AssetsCommand.class,
            InstrumentsCommand.class,
            BatchCommand.class,
            BrokerAccountsCommand.class,
            TokensCommand.class,
            VaultCommand.class,
            RouteCommand.class,
            OperationsCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:What was asked for was done.",
            "1:It was not, or something differs or is not healthy.",
            "2:The command line, or a value in it, cannot be understood.",
            "3:It was decided against.",
            "4:It was asked for, and the decision is not known yet.",
            "5:The API key is missing or wrong, or does not allow it."
        })
public final class BursarCommand {
    /** Their messages say what is wrong and leave nothing to explain. */
    private static final Set<Class<? extends Exception>> FOR_OPERATORS = Set.of(
            StackException.class,
            SettingsException.class,
            TopicsException.class,
            CommandException.class,
            ApiException.class,
            RegistryUnavailableException.class,
            IncompatibleSchemaException.class,
            HttpServiceException.class,
            MasterKeyException.class);

    private BursarCommand() {}

    /** Ends the process with one of {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(args));
    }

    /**
     * The parser with all subcommands. A failure is one line on standard error.
     *
     * @param environment that says where the HTTP API is; usually {@link System#getenv()}
     */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new BursarCommand(), ConnectionOptions.factory(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // What @FILE names may be a secret, which belongs neither among arguments nor into messages about them.
                .setExpandAtFiles(false)
                .setExitCodeExceptionMapper(BursarCommand::exitCode)
                .setParameterExceptionHandler(BursarCommand::reportUsage)
                .setExecutionExceptionHandler(BursarCommand::reportFailure);
    }

    private static int exitCode(Throwable failure) {
        return switch (failure) {
            case CommandLine.ParameterException usage -> ExitCode.USAGE;
            case ApiException api -> api.exitCode();
            default -> ExitCode.FAILURE;
        };
    }

    private static int reportUsage(CommandLine.ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        command.getErr()
                .println(failure.getMessage() + "; `" + command.getCommandSpec().qualifiedName()
                        + " --help` says what it takes.");
        return ExitCode.USAGE;
    }

    private static int reportFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(sentence(failure));
        if (Boolean.getBoolean("bursar.stacktrace")) {
            failure.printStackTrace(command.getErr());
        }
        return exitCode(failure);
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
