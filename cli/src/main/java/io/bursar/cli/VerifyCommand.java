package io.bursar.cli;

import io.bursar.cli.clients.Connection;
import io.bursar.cli.progress.ProgressLine;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.cli.verify.Verification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bursar verify}. */
@Command(
        name = "verify",
        description =
                "Reads the whole journal of a running system, checks hashes, sequences, postings and the trial balance, and"
                        + " compares every account with the stores of all instances and with the sinks, while the system works. Exit code 0"
                        + " when all agree, 1 with the differences otherwise." + TargetOptions.HINT,
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOptions target;

    @Option(
            names = "--http",
            paramLabel = "URL",
            description =
                    "The HTTP API of an instance; the running stack's own when none is given. One is enough when the"
                            + " instances have `application.server`, otherwise give all of them.")
    private List<URI> http = new ArrayList<>();

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description =
                    "Compare the tables of the PostgreSQL sink as well: jdbc:postgresql://…, user and password from"
                            + " SINK_POSTGRES_USER and SINK_POSTGRES_PASSWORD; those of the running stack when none is given.")
    private String postgres;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "Compare the hashes of the Redis sink as well: redis://HOST:PORT, the password from"
                    + " SINK_REDIS_PASSWORD; those of the running stack when none is given.")
    private URI redis;

    @Option(
            names = "--show",
            paramLabel = "COUNT",
            defaultValue = "20",
            description =
                    "How many differences of each kind to print; the rest is counted (default: ${DEFAULT-VALUE}).")
    private int show;

    @Override
    public Integer call() throws InterruptedException {
        if (show < 1) {
            throw new ParameterException(spec.commandLine(), "--show is " + show + ", but must be 1 or more");
        }
        var system = target.find();
        var out = spec.commandLine().getOut();
        try (var connection = new Connection(system.settings())) {
            var verification =
                    new Verification(connection, system.instances(http), system.apiKey(), sinks(system), show);
            var faults = ProgressLine.during(out, verification::progress, verification::run);
            verification.findings().forEach(out::println);
            out.println(faults.isEmpty() ? "All agree." : "Something is wrong:");
            faults.forEach(fault -> out.println("  " + fault));
            out.flush();
            return faults.isEmpty() ? 0 : 1;
        }
    }

    private SinkTarget sinks(TargetSystem system) {
        return new SinkTarget(
                Optional.ofNullable(postgres).or(() -> system.sinks().postgres()),
                Optional.ofNullable(redis).or(() -> system.sinks().redis()));
    }
}
