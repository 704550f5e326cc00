package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.IdConverter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar transfer}. */
@Command(
        name = "transfer",
        description =
                "Moves available money or holdings to another account. The decision is that of the account that it"
                        + " leaves; the other one gets it right afterwards.")
final class TransferCommand extends ChangeCommand {
    @Mixin
    private FundsParameters funds;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ACCOUNT",
            converter = IdConverter.class,
            description = "The account that gets it.")
    private String to;

    @Override
    protected ApiRequest request() {
        return funds.post("transfers").with("toAccountId", to);
    }
}
