package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bursar transfers}. */
@Command(
        name = "transfers",
        description = "Shows what is on its way between accounts.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TransfersCommand.ListTransfers.class)
final class TransfersCommand {
    /** {@code bursar transfers list}. */
    @Command(
            name = "list",
            description = "Lists the transfers that have left an account and neither arrived nor come back.")
    static final class ListTransfers extends QueryCommand {
        @Mixin
        private AccountParameter account;

        @Mixin
        private PageOptions page;

        ListTransfers() {
            super(
                    "transfers",
                    Column.text("transferId"),
                    Column.text("toAccountId"),
                    Column.text("asset"),
                    Column.number("amount"));
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("accounts", account.id(), "transfers"));
        }
    }
}
