package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.QueryCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bursar limits}. */
@Command(
        name = "limits",
        description = "What a whole account may do at most.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LimitsCommand.Show.class, LimitsCommand.SetLimits.class})
final class LimitsCommand {
    /** {@code bursar limits show}. */
    @Command(name = "show", description = "Shows the limits of an account, and what counts towards them today.")
    static final class Show extends QueryCommand {
        @Mixin
        private AccountParameter account;

        Show() {
            super(QuotaOptions.columns("limits."));
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get("accounts", account.id(), "limits");
        }
    }

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
