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

/** {@code bursar assets}. */
@Command(
        name = "assets",
        description = "Shows and sets what accounts can hold.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AssetsCommand.ListAssets.class, AssetsCommand.SetAsset.class})
final class AssetsCommand {
    private static final Column[] ASSET = {Column.text("asset"), Column.number("scale")};

    /** {@code bursar assets list}. */
    @Command(name = "list", description = "Lists the assets.")
    static final class ListAssets extends QueryCommand {
        @Mixin
        private PageOptions page;

        ListAssets() {
            super("assets", ASSET);
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("assets"));
        }
    }

    /** {@code bursar assets set}. */
    @Command(name = "set", description = "Makes an asset known; its scale never changes.")
    static final class SetAsset extends PublishCommand {
        @Parameters(index = "0", paramLabel = "ASSET", converter = IdConverter.class, description = "Such as USD.")
        private String asset;

        @Option(
                names = "--scale",
                required = true,
                paramLabel = "DECIMALS",
                description = "0 to 18: amounts are counts of 10^-DECIMALS.")
        private Integer scale;

        @Override
        protected ApiRequest request() {
            return ApiRequest.put("assets", asset).with("scale", scale);
        }
    }
}
