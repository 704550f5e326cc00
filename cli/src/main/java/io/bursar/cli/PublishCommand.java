package io.bursar.cli;

import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.base.ApiCommand;
import io.bursar.cli.output.Column;

/** A command that publishes reference data; published twice, it is the same. */
abstract class PublishCommand extends ApiCommand {
    PublishCommand() {
        super(Column.text("id"), Column.text("known"));
    }

    @Override
    protected final void show(ApiAnswer answer) {
        super.show(answer);
        if (answer.isPending()) {
            note("It is published, but the instance did not know it in time; it will.");
        }
    }
}
