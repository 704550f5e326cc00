package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import io.bursar.schemas.CostMethod;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar accounts}. */
@Command(
        name = "accounts",
        description = "Shows, opens and changes accounts.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccountsCommand.ListAccounts.class,
            AccountsCommand.Show.class,
            AccountsCommand.Open.class,
            AccountsCommand.Update.class,
            AccountsCommand.Suspend.class,
            AccountsCommand.Resume.class,
            AccountsCommand.Close.class
        })
final class AccountsCommand {
    private static final Column[] ACCOUNT = {
        Column.text("accountId"),
        Column.text("status"),
        Column.text("owner"),
        Column.text("name"),
        Column.number("takerFeeRate"),
        Column.number("openOrders"),
        Column.number("suspendedFills"),
        Column.number("sequence")
    };

    /** {@code bursar accounts list}. */
    @Command(name = "list", description = "Lists the accounts.")
    static final class ListAccounts extends QueryCommand {
        @Mixin
        private PageOptions page;

        ListAccounts() {
            super("accounts", ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("accounts"));
        }
    }

    /** {@code bursar accounts show}. */
    @Command(name = "show", description = "Shows an account.")
    static final class Show extends QueryCommand {
        @Mixin
        private AccountParameter account;

        Show() {
            super(ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get("accounts", account.id());
        }
    }

    /** What can be changed of an account. */
    static final class Terms {
        @Option(
                names = "--taker-fee-rate",
                paramLabel = "MILLIONTHS",
                description = "In 1/1,000,000 of the notional, 0 to 1,000,000: what a BUY reserves for fees.")
        private Integer takerFeeRate;

        @Option(
                names = "--market-permissions",
                paramLabel = "MARKET",
                split = ",",
                description = "All markets whose instruments it may order, beside those of instruments that name none;"
                        + " an empty text for none.")
        private List<String> marketPermissions;

        ApiRequest addTo(ApiRequest request) {
            var markets = marketPermissions == null
                    ? null
                    : marketPermissions.stream()
                            .filter(market -> !market.isEmpty())
                            .toList();
            return request.with("takerFeeRate", takerFeeRate).with("marketPermissions", markets);
        }
    }

    /** {@code bursar accounts open}. */
    @Command(name = "open", description = "Opens an account.")
    static final class Open extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Option(names = "--owner", required = true, paramLabel = "TEXT", description = "Whom the account belongs to.")
        private String owner;

        @Option(names = "--name", required = true, paramLabel = "TEXT", description = "What people call it.")
        private String name;

        @Option(
                names = "--cost-method",
                paramLabel = "METHOD",
                description =
                        "What a sale relieves, which never changes: ${COMPLETION-CANDIDATES}; AVERAGE when absent.")
        private CostMethod costMethod;

        @Mixin
        private Terms terms;

        @Override
        protected ApiRequest request() {
            return terms.addTo(ApiRequest.post("accounts")
                    .with("accountId", account.id())
                    .with("owner", owner)
                    .with("name", name)
                    .with("costMethod", costMethod));
        }
    }

    /** {@code bursar accounts update}. */
    @Command(name = "update", description = "Changes what is given of an account; the rest stays.")
    static final class Update extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
        private String name;

        @Mixin
        private Terms terms;

        @Override
        protected ApiRequest request() {
            return terms.addTo(ApiRequest.patch("accounts", account.id()).with("name", name));
        }
    }

    /** {@code bursar accounts suspend}. */
    @Command(name = "suspend", description = "Refuses new orders, amendments and withdrawals until it is resumed.")
    static final class Suspend extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; it goes into the journal.")
        private String reason;

        @Override
        protected ApiRequest request() {
            return status(account, "SUSPENDED").with("reason", reason);
        }
    }

    /** {@code bursar accounts resume}. */
    @Command(name = "resume", description = "Opens a suspended or closed account again.")
    static final class Resume extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Override
        protected ApiRequest request() {
            return status(account, "OPEN");
        }
    }

    /** {@code bursar accounts close}. */
    @Command(name = "close", description = "Closes an account in which nothing is left and nothing is open.")
    static final class Close extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Override
        protected ApiRequest request() {
            return status(account, "CLOSED");
        }
    }

    private static ApiRequest status(AccountParameter account, String status) {
        return ApiRequest.put("accounts", account.id(), "status").with("status", status);
    }
}
