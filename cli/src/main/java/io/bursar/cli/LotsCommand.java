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

/** {@code bursar lots}. */
@Command(
        name = "lots",
        description =
                "Lists what is left of each purchase of an instrument, the oldest first, of an account that keeps its"
                        + " cost by FIFO.")
final class LotsCommand extends QueryCommand {
    @Mixin
    private AccountParameter account;

    @Parameters(
            index = "1",
            paramLabel = "INSTRUMENT",
            converter = IdConverter.class,
            description = "The instrument's id.")
    private String instrument;

    @Option(
            names = "--strategy",
            paramLabel = "ID",
            converter = IdConverter.class,
            description = "Whose lots; without it those of no strategy.")
    private String strategy;

    @Mixin
    private PageOptions page;

    LotsCommand() {
        super("lots", Column.number("number"), Column.number("quantity"), Column.number("cost"));
    }

    @Override
    protected ApiRequest request() {
        return page.addTo(ApiRequest.get("accounts", account.id(), "positions", instrument, "lots")
                .query("strategy", strategy));
    }
}
