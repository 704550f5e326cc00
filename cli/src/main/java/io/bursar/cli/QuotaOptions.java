package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.output.Column;
import java.util.Map;
import picocli.CommandLine.Option;

/** What an account or a strategy may do; what is absent is unlimited. */
final class QuotaOptions {
    @Option(names = "--max-open-orders", paramLabel = "COUNT", description = "How many orders may be open.")
    private Integer maxOpenOrders;

    @Option(
            names = "--max-orders-per-day",
            paramLabel = "COUNT",
            description = "How many orders may be accepted on a day, which is one of UTC.")
    private Integer maxOrdersPerDay;

    @Option(
            names = "--max-notional-per-day",
            paramLabel = "ASSET=AMOUNT",
            description = "What the orders accepted on a day may be worth, by quote asset.")
    private Map<String, String> maxNotionalPerDay;

    @Option(
            names = "--max-order-notional",
            paramLabel = "ASSET=AMOUNT",
            description = "What one order may be worth, by quote asset.")
    private Map<String, String> maxOrderNotional;

    @Option(
            names = "--max-position",
            paramLabel = "INSTRUMENT=QUANTITY",
            description = "How large a position may become, in the base asset.")
    private Map<String, String> maxPosition;

    /**
     * How quotas are shown: each number beside what it may be at most.
     *
     * @param path of a quota in an element, with a dot at its end; empty where it is the element
     */
    static Column[] columns(String path) {
        return new Column[] {
            Column.number(path + "used.openOrders"),
            Column.number(path + "maxOpenOrders"),
            Column.text(path + "used.day"),
            Column.number(path + "used.orders"),
            Column.number(path + "maxOrdersPerDay"),
            Column.text(path + "used.notional"),
            Column.text(path + "maxNotionalPerDay"),
            Column.text(path + "maxOrderNotional"),
            Column.text(path + "used.buying"),
            Column.text(path + "maxPosition")
        };
    }

    ApiRequest addTo(ApiRequest request) {
        return request.with("maxOpenOrders", maxOpenOrders)
                .with("maxOrdersPerDay", maxOrdersPerDay)
                .with("maxNotionalPerDay", maxNotionalPerDay, "asset", "amount")
                .with("maxOrderNotional", maxOrderNotional, "asset", "amount")
                .with("maxPosition", maxPosition, "instrument", "quantity");
    }
}
