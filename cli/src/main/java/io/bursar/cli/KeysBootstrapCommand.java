package io.bursar.cli;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.FirstKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bursar keys bootstrap}. */
@Command(
        name = "bootstrap",
        description =
                "Makes an API key that may do everything, by writing it to its topic, and prints it once. Needs access to"
                        + " Kafka and no other key; POST /api/v1/keys makes all others. Exit code 1 when there is one already."
                        + TargetOptions.HINT,
        mixinStandardHelpOptions = true)
final class KeysBootstrapCommand implements Callable<Integer> {
    private static final int LONGEST_NAME = 256;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOptions target;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            defaultValue = "bootstrap",
            description = "Who uses it, for people (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--another", description = "Make one although there is one already: for when that has been lost.")
    private boolean another;

    @Override
    public Integer call() throws InterruptedException {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new ParameterException(spec.commandLine(), "--name must have 1 to " + LONGEST_NAME + " characters");
        }
        try (var connection = new Connection(target.find().settings())) {
            if (!another && FirstKey.isThere(connection)) {
                throw new CommandException("There is a key with admin:write already, which makes all others;"
                        + " --another makes one nevertheless.");
            }
            var key = FirstKey.make(connection, name);
            var out = spec.commandLine().getOut();
            out.println("Key " + key.id() + " may do everything. It is shown only now:");
            out.println(key.text());
            return 0;
        }
    }
}
