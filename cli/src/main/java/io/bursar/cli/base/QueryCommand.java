package io.bursar.cli.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.output.Column;
import java.util.List;

/** A command that changes nothing and shows what there is. */
public abstract class QueryCommand extends ApiCommand {
    private final String list;

    /** For one thing, which is the answer itself. */
    protected QueryCommand(Column... columns) {
        this("", columns);
    }

    /** @param list the name of the list in the answer */
    protected QueryCommand(String list, Column... columns) {
        super(columns);
        this.list = list;
    }

    @Override
    protected final Iterable<JsonNode> elements(JsonNode answer) {
        return list.isEmpty() ? List.of(answer) : answer.path(list);
    }

    @Override
    protected final void show(ApiAnswer answer) {
        super.show(answer);
        PageOptions.hint(answer.body()).ifPresent(this::note);
    }
}
