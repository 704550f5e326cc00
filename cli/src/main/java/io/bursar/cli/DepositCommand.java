package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar deposit}. */
@Command(name = "deposit", description = "Puts money or holdings into an account.")
final class DepositCommand extends ChangeCommand {
    @Mixin
    private FundsParameters funds;

    @Option(
            names = "--instrument",
            paramLabel = "ID",
            description = "For holdings with a cost: the instrument whose base asset they are.")
    private String instrument;

    @Option(
            names = "--cost-basis",
            paramLabel = "AMOUNT",
            description = "What all of them have cost, in the instrument's quote asset.")
    private String costBasis;

    @Override
    protected ApiRequest request() {
        return funds.post("deposits").with("instrument", instrument).with("costBasis", costBasis);
    }
}
