package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar instruments}. */
@Command(
        name = "instruments",
        description = "Shows and sets what is traded.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {InstrumentsCommand.ListInstruments.class, InstrumentsCommand.SetInstrument.class})
final class InstrumentsCommand {
    private static final Column[] INSTRUMENT = {
        Column.text("instrument"),
        Column.text("baseAsset"),
        Column.text("quoteAsset"),
        Column.number("priceScale"),
        Column.number("tickSize"),
        Column.number("lotSize"),
        Column.text("market")
    };

    /** {@code bursar instruments list}. */
    @Command(name = "list", description = "Lists the instruments.")
    static final class ListInstruments extends QueryCommand {
        @Mixin
        private PageOptions page;

        ListInstruments() {
            super("instruments", INSTRUMENT);
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("instruments"));
        }
    }

    /** {@code bursar instruments set}. */
    @Command(name = "set", description = "Makes an instrument known, or changes its tick size, lot size or market.")
    static final class SetInstrument extends PublishCommand {
        @Parameters(
                index = "0",
                paramLabel = "INSTRUMENT",
                converter = IdConverter.class,
                description = "Such as BTC-USD.")
        private String instrument;

        @Option(names = "--base", required = true, paramLabel = "ASSET", description = "What is traded; never changes.")
        private String baseAsset;

        @Option(
                names = "--quote",
                required = true,
                paramLabel = "ASSET",
                description = "What it is paid with; never changes.")
        private String quoteAsset;

        @Option(
                names = "--price-scale",
                required = true,
                paramLabel = "DECIMALS",
                description = "0 to 18, of prices; never changes.")
        private Integer priceScale;

        @Option(
                names = "--tick-size",
                paramLabel = "PRICE",
                description = "Limit prices are multiples of it, such as 0.05.")
        private String tickSize;

        @Option(
                names = "--lot-size",
                paramLabel = "QUANTITY",
                description = "Order quantities are multiples of it, in the base asset.")
        private String lotSize;

        @Option(
                names = "--market",
                paramLabel = "ID",
                description = "Only accounts with a permission for it may order; all may when absent.")
        private String market;

        @Override
        protected ApiRequest request() {
            return ApiRequest.put("instruments", instrument)
                    .with("baseAsset", baseAsset)
                    .with("quoteAsset", quoteAsset)
                    .with("priceScale", priceScale)
                    .with("tickSize", tickSize)
                    .with("lotSize", lotSize)
                    .with("market", market);
        }
    }
}
