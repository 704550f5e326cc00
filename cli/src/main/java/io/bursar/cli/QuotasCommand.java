package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.IdConverter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bursar quotas}. */
@Command(
        name = "quotas",
        description = "Limits what one strategy of an account may do.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = QuotasCommand.SetQuota.class)
final class QuotasCommand {
    /** {@code bursar quotas set}. */
    @Command(
            name = "set",
            description = "Sets the quota of a strategy in place of all that was set before: what is not given is"
                    + " unlimited from then on.")
    static final class SetQuota extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Parameters(
                index = "1",
                paramLabel = "STRATEGY",
                converter = IdConverter.class,
                description = "The strategy's id.")
        private String strategy;

        @Mixin
        private QuotaOptions quota;

        @Override
        protected ApiRequest request() {
            return quota.addTo(ApiRequest.put("accounts", account.id(), "quotas", strategy));
        }
    }
}
