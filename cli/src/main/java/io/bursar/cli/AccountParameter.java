package io.bursar.cli;

import io.bursar.cli.base.IdConverter;
import picocli.CommandLine.Parameters;

/** Which account a command is about. */
final class AccountParameter {
    @Parameters(index = "0", paramLabel = "ACCOUNT", converter = IdConverter.class, description = "The account's id.")
    private String id;

    String id() {
        return id;
    }
}
