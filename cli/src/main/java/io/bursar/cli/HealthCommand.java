package io.bursar.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.base.ConnectionOptions;
import io.bursar.cli.base.OutputOption;
import io.bursar.cli.output.Column;
import io.bursar.cli.output.Listing;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bursar health}. */
@Command(
        name = "health",
        description =
                "Asks an instance whether it lives and whether it is ready. Exit code 0 when it is both, 1 otherwise.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    private static final int OK = 200;

    private static final Listing CHECKS = new Listing(
            Column.text("check"),
            Column.number("httpStatus"),
            Column.text("status"),
            Column.text("streams"),
            Column.text("waitingForRegistry"));

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws InterruptedException {
        try (var client = connection.client()) {
            var checks = JsonNodeFactory.instance.arrayNode();
            boolean good = true;
            for (var name : new String[] {"live", "ready"}) {
                var check = ask(client, name);
                checks.add(check);
                good &= check.path("httpStatus").asInt() == OK;
            }
            output.print(spec.commandLine().getOut(), checks, checks, CHECKS);
            return good ? ExitCode.DONE : ExitCode.FAILURE;
        }
    }

    private static ObjectNode ask(ApiClient client, String name) throws InterruptedException {
        var answer = client.exchange(ApiRequest.getRoot("health", name));
        var check = JsonNodeFactory.instance.objectNode().put("check", name).put("httpStatus", answer.status());
        if (answer.body() instanceof ObjectNode body) {
            check.setAll(body);
        }
        return check;
    }
}
