package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bursar withdraw}. */
@Command(name = "withdraw", description = "Takes available money or holdings out of an account.")
final class WithdrawCommand extends ChangeCommand {
    @Mixin
    private FundsParameters funds;

    @Override
    protected ApiRequest request() {
        return funds.post("withdrawals");
    }
}
