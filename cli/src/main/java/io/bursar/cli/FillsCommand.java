package io.bursar.cli;

import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ApiCommand;
import io.bursar.cli.output.Column;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.Side;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar fills}. */
@Command(
        name = "fills",
        description = "Reports executions of orders.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = FillsCommand.Report.class)
final class FillsCommand {
    /** {@code bursar fills report}. */
    @Command(
            name = "report",
            description =
                    "Reports an execution as a venue would. It is a fact: what cannot be settled is suspended, with"
                            + " the reason, and that is no failure of this command.")
    static final class Report extends ApiCommand {
        @Mixin
        private AccountParameter account;

        @Option(
                names = "--execution-id",
                required = true,
                paramLabel = "ID",
                description = "The venue's id of the execution: however often it is reported with it, it counts once.")
        private String executionId;

        @Option(names = "--order-id", required = true, paramLabel = "ID", description = "The order that was executed.")
        private String orderId;

        @Option(names = "--instrument", required = true, paramLabel = "ID", description = "What was traded.")
        private String instrument;

        @Option(
                names = "--side",
                required = true,
                paramLabel = "SIDE",
                description = "${COMPLETION-CANDIDATES}, in either case.")
        private Side side;

        @Option(
                names = "--quantity",
                required = true,
                paramLabel = "QUANTITY",
                description = "In the base asset, such as 0.1.")
        private String quantity;

        @Option(
                names = "--price",
                required = true,
                paramLabel = "PRICE",
                description = "In the quote asset for one unit of the base asset.")
        private String price;

        @Option(names = "--fee", paramLabel = "AMOUNT", description = "Negative: a rebate; none when absent.")
        private String fee;

        @Option(names = "--fee-asset", paramLabel = "ID", description = "The quote asset when absent.")
        private String feeAsset;

        @Option(names = "--liquidity", paramLabel = "LIQUIDITY", description = "${COMPLETION-CANDIDATES}.")
        private Liquidity liquidity;

        @Option(names = "--final", description = "No further fill of the order will come: it closes.")
        private boolean last;

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "${COMPLETION-CANDIDATES}; BUST takes an execution back; NEW when absent.")
        private FillKind kind;

        @Option(names = "--venue", paramLabel = "ID", description = "Who reported it.")
        private String venue;

        @Option(names = "--trade-id", paramLabel = "ID", description = "The trade that it is a leg of.")
        private String tradeId;

        @Option(
                names = "--occurred-at",
                paramLabel = "INSTANT",
                description = "When it happened, such as 2026-03-02T12:00:00Z; now when absent.")
        private String occurredAt;

        Report() {
            super(
                    Column.text("accountId"),
                    Column.text("orderId"),
                    Column.text("executionId"),
                    Column.number("sequence"),
                    Column.text("outcome"),
                    Column.text("rejection.reason"),
                    Column.text("rejection.detail"));
        }

        @Override
        protected ApiAnswer send(ApiClient client, ApiRequest request) throws InterruptedException {
            return client.command(request);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.post("accounts", account.id(), "fills")
                    .with("executionId", executionId)
                    .with("orderId", orderId)
                    .with("instrument", instrument)
                    .with("side", side)
                    .with("quantity", quantity)
                    .with("price", price)
                    .with("fee", fee)
                    .with("feeAsset", feeAsset)
                    .with("liquidity", liquidity)
                    .with("final", last ? Boolean.TRUE : null)
                    .with("kind", kind)
                    .with("venue", venue)
                    .with("tradeId", tradeId)
                    .with("occurredAt", occurredAt);
        }
    }
}
