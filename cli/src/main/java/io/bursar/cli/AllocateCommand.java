package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.IdConverter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar allocate}. */
@Command(
        name = "allocate",
        description = "Moves available money of an account to one of its strategies or, with a negative amount, back.")
final class AllocateCommand extends ChangeCommand {
    @Mixin
    private FundsParameters funds;

    @Option(
            names = "--strategy",
            required = true,
            paramLabel = "ID",
            converter = IdConverter.class,
            description = "The strategy that gets it, or gives it back.")
    private String strategy;

    @Override
    protected ApiRequest request() {
        return funds.post("allocations").with("strategy", strategy);
    }
}
