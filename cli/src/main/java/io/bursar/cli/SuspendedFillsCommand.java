package io.bursar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.clients.BursarHttp;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.suspendedfills.Resolver;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar suspended-fills}. */
@Command(
        name = "suspended-fills",
        description = "Shows fills that wait for an order or an operator, and decides about them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SuspendedFillsCommand.ListFills.class, SuspendedFillsCommand.Resolve.class})
final class SuspendedFillsCommand {
    /** {@code bursar suspended-fills list}. */
    @Command(
            name = "list",
            description = "Lists the suspended fills of accounts, as the HTTP API shows them." + TargetOptions.HINT)
    static final class ListFills extends TargetCommand {
        /** The most that the API lists at once. */
        private static final int LONGEST_LIST = 10_000;

        @Option(
                names = "--http",
                paramLabel = "URL",
                description = "The HTTP API of an instance; the running stack's own when none is given.")
        private List<URI> http = new ArrayList<>();

        @Parameters(
                paramLabel = "ACCOUNT",
                arity = "1..*",
                converter = IdConverter.class,
                description = "Whose fills to list.")
        private List<String> accounts = new ArrayList<>();

        @Override
        public Integer call() throws InterruptedException {
            var out = out();
            var system = target().find();
            try (var api = new BursarHttp(system.instances(http), system.apiKey())) {
                api.requireAnswers();
                for (var account : accounts) {
                    list(account, api, out);
                }
            } catch (BursarHttp.NotReadyException | IOException e) {
                throw new CommandException("The suspended fills cannot be read: " + e.getMessage(), e);
            }
            out.flush();
            return 0;
        }

        private static void list(String account, BursarHttp api, PrintWriter out)
                throws BursarHttp.NotReadyException, IOException, InterruptedException {
            var found = api.get("/api/v1/accounts/" + account + "/suspended-fills?limit=" + LONGEST_LIST);
            if (found.isEmpty()) {
                out.println("Account " + account + " was never opened and has no suspended fills.");
                return;
            }
            var fills = found.get().path("suspendedFills");
            fills.forEach(fill -> out.println(account + " " + describe(fill)));
            var more = found.get().path("truncated").asBoolean() ? ", and more" : "";
            out.println("Account %s has %d suspended fills%s.".formatted(account, fills.size(), more));
        }

        private static String describe(JsonNode fill) {
            var amounts = fill.has("quantity") ? fill : fill.path("unscaled");
            var rejection = fill.path("rejection");
            var detail = rejection.path("detail").asText("");
            return "%d  %s  order %s  execution %s  %s %s %s at %s  %s%s"
                    .formatted(
                            fill.path("sequence").asLong(),
                            fill.path("occurredAt").asText(),
                            fill.path("orderId").asText(),
                            fill.path("executionId").asText(),
                            fill.path("side").asText(),
                            amounts.path("quantity").asText(),
                            fill.path("instrument").asText(),
                            amounts.path("price").asText(),
                            rejection.path("reason").asText(),
                            detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    /** {@code bursar suspended-fills resolve}. */
    @Command(
            name = "resolve",
            description =
                    "Settles or discards a suspended fill, and waits for the ledger's decision. Exit code 0 when it was"
                            + " accepted, 1 when it was refused or none came in time." + TargetOptions.HINT)
    static final class Resolve extends TargetCommand {
        private static final int LONGEST_WAIT_SECONDS = 3_600;

        /** One of both. */
        static final class Choice {
            @Option(names = "--settle", required = true, description = "Settle it, whatever limit or order it breaks.")
            private boolean settle;

            @Option(
                    names = "--discard",
                    required = true,
                    description = "Discard it: it never was a fill of this account.")
            private boolean discard;

            private Resolution resolution() {
                if (settle == discard) {
                    throw new IllegalStateException("exactly one of both is given");
                }
                return settle ? Resolution.SETTLE : Resolution.DISCARD;
            }
        }

        @Parameters(
                index = "0",
                paramLabel = "ACCOUNT",
                converter = IdConverter.class,
                description = "Whose fill it is.")
        private String account;

        @Parameters(
                index = "1",
                paramLabel = "SEQUENCE",
                description = "Of the entry that suspended it, as `bursar suspended-fills list` shows it.")
        private long sequence;

        @ArgGroup(multiplicity = "1")
        private Choice choice;

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                required = true,
                description = "Why; it goes into the journal.")
        private String reason;

        @Option(
                names = "--strategy",
                paramLabel = "ID",
                description = "Whose money settles a fill of an unknown order; without it the unallocated money.")
        private String strategy;

        @Option(
                names = "--command-id",
                paramLabel = "ID",
                converter = IdConverter.class,
                description = "To repeat a command of which the answer was not seen: it is decided once only.")
        private String commandId;

        @Option(
                names = "--wait",
                paramLabel = "SECONDS",
                defaultValue = "30",
                description = "How long to wait for the decision (default: ${DEFAULT-VALUE}).")
        private int waitSeconds;

        @Override
        public Integer call() throws InterruptedException {
            if (waitSeconds < 1 || waitSeconds > LONGEST_WAIT_SECONDS) {
                throw usage("--wait is %d, but must be from 1 to %d".formatted(waitSeconds, LONGEST_WAIT_SECONDS));
            }
            var id = commandId == null ? "resolve-" + UUID.randomUUID() : commandId;
            var resolution = choice.resolution();
            var out = out();
            try (var connection = connect()) {
                var reply = new Resolver(connection)
                        .resolve(
                                id,
                                account,
                                new ResolveFill(sequence, resolution, reason, strategy),
                                Duration.ofSeconds(waitSeconds))
                        .orElseThrow(() -> new CommandException(
                                "No decision came within %d s, but it may yet: the same command with --command-id=%s asks again and is decided once only."
                                        .formatted(waitSeconds, id)));
                if (reply.getAccepted()) {
                    out.println("Done: fill %d of account %s, %s by entry %d%s."
                            .formatted(
                                    sequence,
                                    account,
                                    resolution == Resolution.SETTLE ? "settled" : "discarded",
                                    reply.getSequence(),
                                    reply.getRepeated() ? ", as decided before" : ""));
                    return 0;
                }
                out.println("Refused: %s%s."
                        .formatted(reply.getReason(), reply.getDetail() == null ? "" : " (" + reply.getDetail() + ")"));
                return 1;
            }
        }
    }
}
