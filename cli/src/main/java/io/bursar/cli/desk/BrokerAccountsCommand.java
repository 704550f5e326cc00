package io.bursar.cli.desk;

import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.ConsentOption;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar broker-accounts}. */
@Command(
        name = "broker-accounts",
        description = "Shows, makes and changes the accounts that the desk has at brokers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BrokerAccountsCommand.ListAccounts.class,
            BrokerAccountsCommand.Show.class,
            BrokerAccountsCommand.Create.class,
            BrokerAccountsCommand.Update.class,
            BrokerAccountsCommand.SetStatus.class,
            BrokerAccountsCommand.ResetErrors.class,
            BrokerAccountsCommand.Delete.class
        })
public final class BrokerAccountsCommand {
    private static final String RESOURCE = "broker-accounts";

    private static final Column[] ACCOUNT = {
        Column.text("id"),
        Column.text("status"),
        Column.text("owner"),
        Column.text("name"),
        Column.text("type"),
        Column.text("licence"),
        Column.text("defaultTrading"),
        Column.text("defaultData"),
        Column.number("usage.errorsInRow"),
        Column.text("token.status").titled("TOKEN"),
        Column.text("token.expiresAt")
    };

    private BrokerAccountsCommand() {}

    /** {@code bursar broker-accounts list}. */
    @Command(
            name = "list",
            description = "Lists the broker accounts, the newest first: those that are ACTIVE unless --status says"
                    + " otherwise.")
    static final class ListAccounts extends QueryCommand {
        /** Which of them. */
        enum Status {
            ACTIVE,
            INACTIVE,
            SUSPENDED,
            PENDING_VERIFICATION,
            ALL
        }

        @Option(
                names = "--status",
                paramLabel = "STATUS",
                description = "${COMPLETION-CANDIDATES}, in either case; ACTIVE when absent.")
        private Status status;

        @Option(names = "--owner", paramLabel = "ID", description = "Of this owner alone.")
        private String owner;

        @Option(names = "--broker", paramLabel = "ID", description = "At this broker alone.")
        private String broker;

        @Option(names = "--environment", paramLabel = "ENVIRONMENT", description = "${COMPLETION-CANDIDATES}.")
        private BrokerEnvironment environment;

        @Mixin
        private PageOptions page;

        ListAccounts() {
            super("accounts", ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get(RESOURCE)
                    .query("status", status)
                    .query("owner", owner)
                    .query("broker", broker)
                    .query("environment", environment));
        }
    }

    /** {@code bursar broker-accounts show}. */
    @Command(name = "show", description = "Shows a broker account, without its secrets; --output json has all of it.")
    static final class Show extends QueryCommand {
        @Mixin
        private BrokerAccountParameter account;

        Show() {
            super(ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get(account.path());
        }
    }

    /** What can be changed of a broker account, beside its name. */
    static final class Terms {
        @Option(
                names = "--type",
                paramLabel = "TYPE",
                description = "${COMPLETION-CANDIDATES}; STANDARD when a new account has none.")
        private BrokerAccountType type;

        @Option(
                names = "--licence",
                paramLabel = "TEXT",
                description = "Under which the broker runs it, such as TBHK; which there are is the broker's.")
        private String licence;

        @Option(
                names = "--permissions",
                paramLabel = "NAME",
                split = ",",
                description = "All that it may be used for, such as us_stock,futures; an empty text for none.")
        private List<String> permissions;

        @Option(names = "--description", paramLabel = "TEXT", description = "For people, up to 1,000 characters.")
        private String description;

        @Option(
                names = "--tags",
                paramLabel = "TEXT",
                split = ",",
                description = "All words by which people find it; an empty text for none.")
        private List<String> tags;

        @Option(
                names = "--ledger-account",
                paramLabel = "ID",
                description = "The account of the ledger that it belongs to.")
        private String ledgerAccountId;

        @Option(
                names = "--default-trading",
                negatable = true,
                description = "Whether it is the one its owner trades with unless another is named.")
        private Boolean defaultTrading;

        @Option(
                names = "--default-data",
                negatable = true,
                description = "Whether it is the one its owner gets market data with unless another is named.")
        private Boolean defaultData;

        @Option(
                names = "--property",
                paramLabel = "NAME=VALUE",
                description = "What the broker needs to know of it and may be shown, such as clientId=desk7.")
        private Map<String, String> properties;

        @Option(
                names = "--secret",
                paramLabel = "NAME=" + SecretSource.LABEL,
                converter = SecretSource.NamedConverter.class,
                description =
                        "What the broker needs to know and nobody may see, such as clientSecret: NAME=@FILE for the text"
                                + " of a file that its owner alone may use, NAME=- for one secret from standard input.")
        private List<SecretSource.Named> secrets;

        ApiRequest addTo(ApiRequest request, SecretReader reader) {
            return request.with("type", type)
                    .with("licence", licence)
                    .with("permissions", withoutEmpty(permissions))
                    .with("description", description)
                    .with("tags", withoutEmpty(tags))
                    .with("ledgerAccountId", ledgerAccountId)
                    .with("defaultTrading", defaultTrading)
                    .with("defaultData", defaultData)
                    .withMembers("properties", properties)
                    .withMembers("secrets", reader.read(secrets));
        }

        private static List<String> withoutEmpty(List<String> texts) {
            return texts == null
                    ? null
                    : texts.stream().filter(text -> !text.isEmpty()).toList();
        }
    }

    /** {@code bursar broker-accounts create}. */
    @Command(
            name = "create",
            description =
                    "Makes an account at a broker. Its id is made of broker, environment and number. Which properties and"
                            + " secrets the broker needs is in docs/brokers.md; all that does not fit is told at once.")
    static final class Create extends ChangeCommand {
        @Option(names = "--owner", required = true, paramLabel = "ID", description = "Whom the account belongs to.")
        private String owner;

        @Option(names = "--name", required = true, paramLabel = "TEXT", description = "What people call it.")
        private String name;

        @Option(
                names = "--number",
                required = true,
                paramLabel = "TEXT",
                description = "What the broker calls it: 1 to 50 of A-Z a-z 0-9 . _ -")
        private String number;

        @Option(
                names = "--broker",
                required = true,
                paramLabel = "ID",
                description = "At which broker: tiger, or one that the file of brokers lists.")
        private String broker;

        @Option(
                names = "--environment",
                required = true,
                paramLabel = "ENVIRONMENT",
                description = "${COMPLETION-CANDIDATES}, in either case.")
        private BrokerEnvironment environment;

        @Option(
                names = "--status",
                paramLabel = "STATUS",
                description = "${COMPLETION-CANDIDATES}; ACTIVE when absent.")
        private BrokerAccountStatus status;

        @Mixin
        private Terms terms;

        Create() {
            super(ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return terms.addTo(
                    ApiRequest.post(RESOURCE)
                            .with("owner", owner)
                            .with("name", name)
                            .with("number", number)
                            .with("broker", broker)
                            .with("environment", environment)
                            .with("status", status),
                    new SecretReader(this::usage));
        }
    }

    /** {@code bursar broker-accounts update}. */
    @Command(
            name = "update",
            description =
                    "Changes what is given of a broker account; the rest stays, also properties and secrets of other"
                            + " names.")
    static final class Update extends ChangeCommand {
        @Mixin
        private BrokerAccountParameter account;

        @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
        private String name;

        @Mixin
        private Terms terms;

        Update() {
            super(ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return terms.addTo(ApiRequest.patch(account.path()).with("name", name), new SecretReader(this::usage));
        }
    }

    /** {@code bursar broker-accounts status}. */
    @Command(
            name = "status",
            description = "Sets the status of a broker account. What is suspended so, no reset of errors brings back.")
    static final class SetStatus extends ChangeCommand {
        @Mixin
        private BrokerAccountParameter account;

        @Parameters(index = "1", paramLabel = "STATUS", description = "${COMPLETION-CANDIDATES}, in either case.")
        private BrokerAccountStatus status;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stays with the command.")
        private String reason;

        SetStatus() {
            super(ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.put(account.path("status")).with("status", status).with("reason", reason);
        }
    }

    /** {@code bursar broker-accounts reset-errors}. */
    @Command(
            name = "reset-errors",
            description =
                    "Counts the errors of a broker account from nothing again, and brings it back when ten of them"
                            + " in a row had suspended it.")
    static final class ResetErrors extends ChangeCommand {
        @Mixin
        private BrokerAccountParameter account;

        ResetErrors() {
            super(ACCOUNT);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.delete(account.path("errors"));
        }
    }

    /** {@code bursar broker-accounts delete}. */
    @Command(name = "delete", description = "Deletes a broker account with its secrets and its token.")
    static final class Delete extends ChangeCommand {
        @Mixin
        private BrokerAccountParameter account;

        @Option(names = "--force", description = "Also when API keys in force are bound to it.")
        private boolean force;

        @Mixin
        private ConsentOption consent;

        @Override
        protected ApiRequest request() {
            return ApiRequest.delete(account.path()).query("force", force ? Boolean.TRUE : null);
        }

        @Override
        public Integer call() throws InterruptedException {
            consent.require(
                    commandLine(), "Delete broker account " + account.id() + " with its secrets and its token?");
            return super.call();
        }

        @Override
        protected void show(ApiAnswer answer) {
            note("Broker account " + account.id() + " is deleted.");
        }
    }
}
