package io.bursar.cli;

import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.base.ApiCommand;
import io.bursar.cli.output.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bursar risk}. */
@Command(
        name = "risk",
        description = "Tells beforehand what would become of an order.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RiskCommand.Check.class)
final class RiskCommand {
    /** {@code bursar risk check}. */
    @Command(
            name = "check",
            description = "Tells whether the ledger would take an order now, and why not. Nothing is placed or held for"
                    + " it, and what comes in between can change the answer. Exit code 3 when it would be refused.")
    static final class Check extends ApiCommand {
        @Mixin
        private AccountParameter account;

        @Mixin
        private OrderOptions order;

        Check() {
            super(
                    Column.text("accountId"),
                    Column.text("accepted"),
                    Column.text("rejection.reason"),
                    Column.text("rejection.detail"));
        }

        @Override
        protected ApiRequest request() {
            return order.addTo(ApiRequest.post("risk", "check").with("accountId", account.id()));
        }

        @Override
        protected int exitCode(ApiAnswer answer) {
            return answer.body().path("accepted").asBoolean() ? ExitCode.DONE : ExitCode.REFUSED;
        }
    }
}
