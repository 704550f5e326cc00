package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar adjust}. */
@Command(name = "adjust", description = "Corrects what an account holds, up or, with a negative amount, down.")
final class AdjustCommand extends ChangeCommand {
    @Mixin
    private FundsParameters funds;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it goes into the journal.")
    private String reason;

    @Override
    protected ApiRequest request() {
        return funds.post("adjustments").with("reason", reason);
    }
}
