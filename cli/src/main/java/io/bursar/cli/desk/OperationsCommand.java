package io.bursar.cli.desk;

import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.base.ApiCommand;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.output.Column;
import io.bursar.desk.Operation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar operations}. */
@Command(
        name = "operations",
        description = "Says how calls to brokers went.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = OperationsCommand.Report.class)
public final class OperationsCommand {
    private OperationsCommand() {}

    /** {@code bursar operations report}. */
    @Command(
            name = "report",
            description = "Reports a call that was made with a broker account. Reported twice, it counts twice.")
    static final class Report extends ApiCommand {
        /** One of both. */
        static final class Outcome {
            @Option(names = "--success", required = true, description = "The broker did what it was asked for.")
            private boolean success;

            @Option(names = "--failure", required = true, description = "It did not; --code says why.")
            private boolean failure;
        }

        @Mixin
        private BrokerAccountParameter account;

        @Parameters(index = "1", paramLabel = "OPERATION", description = "${COMPLETION-CANDIDATES}, in either case.")
        private Operation operation;

        @ArgGroup(multiplicity = "1")
        private Outcome outcome;

        @Option(
                names = "--code",
                paramLabel = "CODE",
                converter = IdConverter.class,
                description = "Of the error, with --failure; token_invalid has the token renewed.")
        private String code;

        @Option(names = "--duration-ms", paramLabel = "MILLISECONDS", description = "How long it took.")
        private Integer durationMs;

        Report() {
            super(Column.text("accountId"), Column.text("outcome"));
        }

        @Override
        protected ApiRequest request() {
            if (outcome.success && code != null) {
                throw usage("--code is '" + code + "', but must be absent with --success");
            }
            return ApiRequest.post("operations")
                    .with("accountId", account.id())
                    .with("operation", operation)
                    .with("success", !outcome.failure)
                    .with("durationMs", durationMs)
                    .with("code", code);
        }

        /** Nothing is decided about a report. */
        @Override
        protected int exitCode(ApiAnswer answer) {
            return ExitCode.DONE;
        }
    }
}
