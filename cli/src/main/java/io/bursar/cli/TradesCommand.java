package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bursar trades}. */
@Command(
        name = "trades",
        description = "Shows what was traded.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TradesCommand.ListTrades.class)
final class TradesCommand {
    /** {@code bursar trades list}. */
    @Command(
            name = "list",
            description = "Lists the settled fills of an account and the busts that took some back, the last that"
                    + " happened first. They are in the database.")
    static final class ListTrades extends QueryCommand {
        @Mixin
        private AccountParameter account;

        @Mixin
        private PageOptions page;

        ListTrades() {
            super(
                    "trades",
                    Column.number("sequence"),
                    Column.text("occurredAt"),
                    Column.text("kind"),
                    Column.text("instrument"),
                    Column.text("side"),
                    Column.number("quantity"),
                    Column.number("price"),
                    Column.number("notional"),
                    Column.text("quoteAsset"),
                    Column.number("fee"),
                    Column.text("feeAsset"),
                    Column.number("realizedPnl"),
                    Column.text("orderId"),
                    Column.text("executionId"),
                    Column.text("strategy"));
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("accounts", account.id(), "trades"));
        }
    }
}
