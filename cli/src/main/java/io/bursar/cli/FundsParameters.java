package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.IdConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How much of what, and in which account. */
final class FundsParameters {
    @Mixin
    private AccountParameter account;

    @Parameters(index = "1", paramLabel = "ASSET", converter = IdConverter.class, description = "Such as USD.")
    private String asset;

    @Parameters(index = "2", paramLabel = "AMOUNT", description = "In whole units of the asset, such as 1000.50.")
    private String amount;

    /** A command about it. */
    ApiRequest post(String resource) {
        return ApiRequest.post("accounts", account.id(), resource)
                .with("asset", asset)
                .with("amount", amount);
    }
}
