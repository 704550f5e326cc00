package io.bursar.cli.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.base.ApiCommand;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import io.bursar.schemas.BrokerEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar tokens}. */
@Command(
        name = "tokens",
        description =
                "Shows the tokens of broker accounts, brings, renews and revokes them. None is ever shown itself.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TokensCommand.Show.class,
            TokensCommand.Issue.class,
            TokensCommand.Revoke.class,
            TokensCommand.Validate.class,
            RefreshTokenCommand.class,
            TokensCommand.RefreshAll.class,
            TokensCommand.History.class,
            TokensCommand.Cancel.class,
            TokensCommand.Statistics.class
        })
public final class TokensCommand {
    private static final String TOKEN = "token";

    private static final Column[] STATE = {
        Column.text("usesTokens"),
        Column.text("status"),
        Column.number("version"),
        Column.text("issuedAt"),
        Column.text("expiresAt"),
        Column.text("nextRefreshAt"),
        Column.number("refresh.number").titled("REFRESH"),
        Column.text("refresh.phase"),
        Column.number("refresh.attempt"),
        Column.text("refresh.lastCode")
    };

    private TokensCommand() {}

    /** {@code bursar tokens show}. */
    @Command(name = "show", description = "Shows the state of an account's token, and the refresh that is under way.")
    static final class Show extends QueryCommand {
        @Mixin
        private BrokerAccountParameter account;

        Show() {
            super(STATE);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get(account.path(TOKEN));
        }
    }

    /** {@code bursar tokens issue}. */
    @Command(name = "issue", description = "Brings a token that the broker has issued elsewhere.")
    static final class Issue extends ChangeCommand {
        @Mixin
        private BrokerAccountParameter account;

        @Option(
                names = "--access-token",
                required = true,
                paramLabel = SecretSource.LABEL,
                converter = SecretSource.Converter.class,
                description =
                        "The token: @FILE for the text of a file that its owner alone may use, - for standard input.")
        private SecretSource accessToken;

        @Option(
                names = "--refresh-token",
                paramLabel = SecretSource.LABEL,
                converter = SecretSource.Converter.class,
                description = "With which the broker gives the next one; the one before stays when absent.")
        private SecretSource refreshToken;

        @Option(
                names = "--issued-at",
                paramLabel = "INSTANT",
                description = "When it was issued, such as 2026-03-02T12:00:00Z; now when absent.")
        private String issuedAt;

        @Option(
                names = "--expires-at",
                paramLabel = "INSTANT",
                description = "When it ends; what the token says of itself, or not known, when absent.")
        private String expiresAt;

        Issue() {
            super(STATE);
        }

        @Override
        protected ApiRequest request() {
            var secrets = new SecretReader(this::usage);
            return ApiRequest.put(account.path(TOKEN))
                    .with("accessToken", secrets.read(accessToken))
                    .with("refreshToken", secrets.read(refreshToken))
                    .with("issuedAt", issuedAt)
                    .with("expiresAt", expiresAt);
        }
    }

    /** {@code bursar tokens revoke}. */
    @Command(
            name = "revoke",
            description = "No longer uses the token, and renews it only when somebody asks. The broker is not told.")
    static final class Revoke extends ChangeCommand {
        @Mixin
        private BrokerAccountParameter account;

        Revoke() {
            super(STATE);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.delete(account.path(TOKEN));
        }
    }

    /** {@code bursar tokens validate}. */
    @Command(
            name = "validate",
            description =
                    "Asks the broker whether it takes the token, where the broker can be asked. Exit code 0 when it is"
                            + " VALID, 1 when it is INVALID, or UNKNOWN because the broker gave no answer.")
    static final class Validate extends ApiCommand {
        @Mixin
        private BrokerAccountParameter account;

        Validate() {
            super(
                    Column.text("accountId"),
                    Column.text("verdict"),
                    Column.text("code"),
                    Column.text("token.status").titled("TOKEN"),
                    Column.text("token.expiresAt"));
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.post(account.path(TOKEN, "validation"));
        }

        @Override
        protected int exitCode(ApiAnswer answer) {
            return answer.body().path("verdict").asText().equals("VALID") ? ExitCode.DONE : ExitCode.FAILURE;
        }
    }

    /** {@code bursar tokens refresh-all}. */
    @Command(
            name = "refresh-all",
            description =
                    "Has the tokens of all ACTIVE accounts renewed that fit and are due. Tells of each account why"
                            + " no refresh was begun, where none was.")
    static final class RefreshAll extends ApiCommand {
        private static final String ACCOUNTS = "accounts";

        @Option(names = "--owner", paramLabel = "ID", description = "Of this owner alone.")
        private String owner;

        @Option(names = "--broker", paramLabel = "ID", description = "At this broker alone.")
        private String broker;

        @Option(names = "--environment", paramLabel = "ENVIRONMENT", description = "${COMPLETION-CANDIDATES}.")
        private BrokerEnvironment environment;

        @Option(names = "--force", description = "Also those that are not due.")
        private boolean force;

        RefreshAll() {
            super(Column.text("accountId"), Column.text("reason"), Column.text("detail"));
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.post("token-refreshes")
                    .with("owner", owner)
                    .with("broker", broker)
                    .with("environment", environment)
                    .with("force", force ? Boolean.TRUE : null);
        }

        @Override
        protected Iterable<JsonNode> elements(JsonNode answer) {
            return answer.path(ACCOUNTS);
        }

        @Override
        protected void show(ApiAnswer answer) {
            super.show(answer);
            note("%d refreshes were begun, of %d accounts."
                    .formatted(
                            answer.body().path("begun").asInt(),
                            answer.body().path(ACCOUNTS).size()));
        }

        @Override
        protected int exitCode(ApiAnswer answer) {
            return ExitCode.DONE;
        }
    }

    /** {@code bursar tokens history}. */
    @Command(
            name = "history",
            description = "Lists the last refreshes of an account's token, 500 at most, the newest first.")
    static final class History extends QueryCommand {
        @Mixin
        private BrokerAccountParameter account;

        @Option(names = "--limit", paramLabel = "COUNT", description = "How many to list at most.")
        private Integer limit;

        History() {
            super(
                    "refreshes",
                    Column.number("number"),
                    Column.text("trigger"),
                    Column.text("requestedAt"),
                    Column.text("endedAt"),
                    Column.number("durationMs"),
                    Column.text("outcome"),
                    Column.text("code"),
                    Column.number("attempts"));
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get(account.path(TOKEN, "refreshes")).query("limit", limit);
        }
    }

    /** {@code bursar tokens cancel}. */
    @Command(name = "cancel", description = "Cancels a refresh that no worker has started.")
    static final class Cancel extends ChangeCommand {
        @Mixin
        private BrokerAccountParameter account;

        @Parameters(
                index = "1",
                paramLabel = "NUMBER",
                description = "Of the refresh, as `bursar tokens show` shows it.")
        private long number;

        Cancel() {
            super(STATE);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.delete(account.path(TOKEN, "refreshes", Long.toString(number)));
        }
    }

    /** {@code bursar tokens statistics}. */
    @Command(
            name = "statistics",
            description = "Counts how the refreshes of some days went, as far as they are remembered.")
    static final class Statistics extends QueryCommand {
        @Mixin
        private BrokerAccountParameter account;

        @Option(names = "--days", paramLabel = "COUNT", description = "Of how many, 1 to 365; 7 when absent.")
        private Integer days;

        Statistics() {
            super(
                    Column.number("days"),
                    Column.text("since"),
                    Column.text("complete"),
                    Column.number("total"),
                    Column.number("successful"),
                    Column.number("failed"),
                    Column.number("cancelled"),
                    Column.number("pending"),
                    Column.number("successRate"),
                    Column.number("meanDurationMs"));
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get(account.path(TOKEN, "statistics")).query("days", days);
        }
    }
}
