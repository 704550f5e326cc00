package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bursar positions}. */
@Command(name = "positions", description = "Shows what an account's holdings of each instrument have cost.")
final class PositionsCommand extends QueryCommand {
    @Mixin
    private AccountParameter account;

    @Option(
            names = "--price",
            paramLabel = "INSTRUMENT=PRICE",
            description = "Values the holdings at this price, such as BTC-USD=65000; may be given for several.")
    private Map<String, String> prices;

    PositionsCommand() {
        super(
                "positions",
                Column.text("strategy"),
                Column.text("instrument"),
                Column.number("quantity"),
                Column.number("costBasis"),
                Column.number("averageCost"),
                Column.number("realizedPnl"),
                Column.number("uncoveredQuantity"),
                Column.text("feesPaid"),
                Column.number("price"),
                Column.number("marketValue"),
                Column.number("unrealizedPnl"));
    }

    @Override
    protected ApiRequest request() {
        var list = prices == null
                ? null
                : prices.entrySet().stream()
                        .map(price -> price.getKey() + ":" + price.getValue())
                        .collect(Collectors.joining(","));
        return ApiRequest.get("accounts", account.id(), "positions").query("prices", list);
    }
}
