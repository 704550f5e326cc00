package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.Side;
import picocli.CommandLine.Option;

/** What an order says, but for its id. */
final class OrderOptions {
    @Option(names = "--instrument", required = true, paramLabel = "ID", description = "What to trade.")
    private String instrument;

    @Option(
            names = "--side",
            required = true,
            paramLabel = "SIDE",
            description = "${COMPLETION-CANDIDATES}, in either case.")
    private Side side;

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description = "${COMPLETION-CANDIDATES}, in either case.")
    private OrderType type;

    @Option(
            names = "--quantity",
            paramLabel = "QUANTITY",
            description = "In the base asset, such as 0.1. On a BUY by notional: the most that may be bought.")
    private String quantity;

    @Option(
            names = "--limit-price",
            paramLabel = "PRICE",
            description = "In the quote asset for one unit of the base asset.")
    private String limitPrice;

    @Option(
            names = "--notional",
            paramLabel = "AMOUNT",
            description = "BUY only: the most that may be spent, fees included, in the quote asset.")
    private String notional;

    @Option(
            names = "--expires-at",
            paramLabel = "INSTANT",
            description = "Until when it holds money, such as 2026-03-02T12:00:00Z; 7 days when absent.")
    private String expiresAt;

    @Option(
            names = "--strategy",
            paramLabel = "ID",
            description = "Whose money is used; the unallocated money when absent.")
    private String strategy;

    @Option(names = "--reduce-only", description = "SELL only: refuse what could sell more than the position.")
    private boolean reduceOnly;

    /** Adds them to the body of a request. */
    ApiRequest addTo(ApiRequest request) {
        return request.with("instrument", instrument)
                .with("side", side)
                .with("type", type)
                .with("quantity", quantity)
                .with("limitPrice", limitPrice)
                .with("notional", notional)
                .with("expiresAt", expiresAt)
                .with("strategy", strategy)
                .with("reduceOnly", reduceOnly ? Boolean.TRUE : null);
    }
}
