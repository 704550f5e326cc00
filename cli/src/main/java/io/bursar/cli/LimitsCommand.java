package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bursar limits}. */
@Command(
        name = "limits",
        description = "Limits what a whole account may do.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = LimitsCommand.SetLimits.class)
final class LimitsCommand {
    /** {@code bursar limits set}. */
    @Command(
            name = "set",
            description = "Sets the limits of an account in place of all that were set before: what is not given is"
                    + " unlimited from then on.")
    static final class SetLimits extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Mixin
        private QuotaOptions quota;

        @Override
        protected ApiRequest request() {
            return quota.addTo(ApiRequest.put("accounts", account.id(), "limits"));
        }
    }
}
