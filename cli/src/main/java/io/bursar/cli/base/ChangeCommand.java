package io.bursar.cli.base;

import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.output.Column;
import java.util.UUID;
import picocli.CommandLine.Option;

/** A command that is decided about, and once only. */
public abstract class ChangeCommand extends ApiCommand {
    private static final Column[] DECISION = {
        Column.text("accountId"), Column.text("commandId"), Column.number("sequence"), Column.text("outcome")
    };

    @Option(
            names = "--idempotency-key",
            paramLabel = "ID",
            converter = IdConverter.class,
            description =
                    "The command's id: however often it is sent, it is decided once only. One is made up when none"
                            + " is given, which the answer of a command of the ledger names as commandId.")
    private String idempotencyKey;

    /** Shows account, command, sequence and outcome. */
    protected ChangeCommand() {
        this(DECISION);
    }

    /** @param columns of the answer as a table */
    protected ChangeCommand(Column... columns) {
        super(columns);
    }

    @Override
    protected ApiAnswer send(ApiClient client, ApiRequest request) throws InterruptedException {
        return client.command(request.idempotent(commandId()));
    }

    /** The same whenever it is asked for. */
    protected final String commandId() {
        if (idempotencyKey == null) {
            idempotencyKey = UUID.randomUUID().toString();
        }
        return idempotencyKey;
    }
}
