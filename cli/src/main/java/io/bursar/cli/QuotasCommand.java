package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bursar quotas}. */
@Command(
        name = "quotas",
        description = "What single strategies of an account may do at most.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {QuotasCommand.ListQuotas.class, QuotasCommand.SetQuota.class})
final class QuotasCommand {
    /** {@code bursar quotas list}. */
    @Command(
            name = "list",
            description = "Lists the quotas of an account's strategies, and what counts towards them today.")
    static final class ListQuotas extends QueryCommand {
        @Mixin
        private AccountParameter account;

        @Mixin
        private PageOptions page;

        ListQuotas() {
            super("quotas", columns());
        }

        private static Column[] columns() {
            return Stream.concat(Stream.of(Column.text("strategy")), Stream.of(QuotaOptions.columns("")))
                    .toArray(Column[]::new);
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("accounts", account.id(), "quotas"));
        }
    }

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
