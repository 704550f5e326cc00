package io.bursar.cli.desk;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import io.bursar.desk.Operation;
import io.bursar.desk.RoutingPurpose;
import io.bursar.desk.RoutingStrategy;
import io.bursar.schemas.BrokerEnvironment;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar route}. */
@Command(
        name = "route",
        description = "Says which broker account to use for an operation; the account counts as given. Exit code 3 when"
                + " none can be used.")
public final class RouteCommand extends QueryCommand {
    @Parameters(index = "0", paramLabel = "OPERATION", description = "${COMPLETION-CANDIDATES}, in either case.")
    private Operation operation;

    @Option(
            names = "--permissions",
            paramLabel = "NAME",
            split = ",",
            description = "All that the account must have, such as us_stock,futures.")
    private List<String> permissions;

    @Option(
            names = "--environment",
            paramLabel = "ENVIRONMENT",
            description = "${COMPLETION-CANDIDATES}; any when absent.")
    private BrokerEnvironment environment;

    @Option(
            names = "--owner",
            paramLabel = "ID",
            converter = IdConverter.class,
            description = "Whose account it must be; anybody's when absent.")
    private String owner;

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "${COMPLETION-CANDIDATES}: the owners' default accounts come first.")
    private RoutingPurpose purpose;

    @Option(
            names = "--strategy",
            paramLabel = "STRATEGY",
            description = "${COMPLETION-CANDIDATES}; with one default accounts do not come first. ROUND_ROBIN when"
                    + " absent.")
    private RoutingStrategy strategy;

    private RouteCommand() {
        super(
                Column.text("accountId"),
                Column.text("number"),
                Column.text("broker"),
                Column.text("environment"),
                Column.text("type"),
                Column.text("ledgerAccountId"),
                Column.text("tokenExpiresAt"),
                Column.text("strategy"));
    }

    @Override
    protected ApiRequest request() {
        return ApiRequest.post("route")
                .with("operation", operation)
                .with("permissions", permissions)
                .with("environment", environment)
                .with("owner", owner)
                .with("purpose", purpose)
                .with("strategy", strategy);
    }
}
