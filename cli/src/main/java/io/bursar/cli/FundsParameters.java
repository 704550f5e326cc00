package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import picocli.CommandLine.Parameters;

/** How much of what, after the account. */
final class FundsParameters {
    @Parameters(index = "1", paramLabel = "ASSET", converter = IdConverter.class, description = "Such as USD.")
    private String asset;

    @Parameters(index = "2", paramLabel = "AMOUNT", description = "In whole units of the asset, such as 1000.50.")
    private String amount;

    ApiRequest addTo(ApiRequest request) {
        return request.with("asset", asset).with("amount", amount);
    }
}
