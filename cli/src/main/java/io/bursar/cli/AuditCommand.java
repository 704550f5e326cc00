package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import io.bursar.schemas.AuditResult;
import io.bursar.schemas.AuditSeverity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar audit}. */
@Command(
        name = "audit",
        description = "Shows who did what as an administrator, and who was refused.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AuditCommand.ListEvents.class)
final class AuditCommand {
    /** {@code bursar audit list}. */
    @Command(name = "list", description = "Lists the events of the audit, the last first. They are in the database.")
    static final class ListEvents extends QueryCommand {
        @Option(names = "--hours", paramLabel = "HOURS", description = "How far back, 1 to 720 hours; 24 when absent.")
        private Integer hours;

        @Option(
                names = "--kind",
                paramLabel = "PREFIX",
                description = "What kinds begin with, such as api_key_ or security_.")
        private String kind;

        @Option(names = "--severity", paramLabel = "SEVERITY", description = "${COMPLETION-CANDIDATES}.")
        private AuditSeverity severity;

        @Option(names = "--result", paramLabel = "RESULT", description = "${COMPLETION-CANDIDATES}.")
        private AuditResult result;

        @Option(
                names = "--key-id",
                paramLabel = "ID",
                converter = IdConverter.class,
                description = "Whose key it was, as `bursar keys list` shows it.")
        private String keyId;

        @Option(
                names = "--account",
                paramLabel = "ID",
                converter = IdConverter.class,
                description = "Which account of the ledger it was about.")
        private String account;

        @Option(names = "--broker-account", paramLabel = "ID", description = "Which broker account it was about.")
        private String brokerAccount;

        @Mixin
        private PageOptions page;

        ListEvents() {
            super(
                    "events",
                    Column.text("occurredAt"),
                    Column.text("kind"),
                    Column.text("severity"),
                    Column.text("result"),
                    Column.number("status"),
                    Column.text("reason"),
                    Column.text("keyId"),
                    Column.text("address"),
                    Column.text("accountId"),
                    Column.text("brokerAccountId"),
                    Column.text("subject"));
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("audit")
                    .query("hours", hours)
                    .query("kind", kind)
                    .query("severity", severity)
                    .query("result", result)
                    .query("key-id", keyId)
                    .query("account", account)
                    .query("broker-account", brokerAccount));
        }
    }
}
