package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar balances}. */
@Command(name = "balances", description = "Shows what an account holds of each asset, now or as of a journal entry.")
final class BalancesCommand extends QueryCommand {
    @Mixin
    private AccountParameter account;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "What it held at this time, such as 2026-03-02T12:00:00Z.")
    private String asOf;

    @Option(names = "--as-of-sequence", paramLabel = "NUMBER", description = "What it held after this journal entry.")
    private Long asOfSequence;

    BalancesCommand() {
        super(
                "balances",
                Column.text("strategy"),
                Column.text("asset"),
                Column.number("total"),
                Column.number("reserved"),
                Column.number("available"));
    }

    @Override
    protected ApiRequest request() {
        return ApiRequest.get("accounts", account.id(), "balances")
                .query("as-of", asOf)
                .query("as-of-sequence", asOfSequence);
    }
}
