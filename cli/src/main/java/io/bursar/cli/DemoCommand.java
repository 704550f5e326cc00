package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.demo.Demo;
import io.bursar.cli.demo.exchange.GeneratedFlow;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.OrderFlow;
import io.bursar.cli.demo.lobster.LobsterFile;
import io.bursar.cli.demo.lobster.LobsterFlow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bursar demo}. */
@Command(
        name = "demo",
        description =
                "Replays an order flow through a stack, which it starts unless it is up, says what happened, and proves"
                        + " that the books are right. Exit code 0 when they are, 1 with what exactly is wrong otherwise. Takes the"
                        + " settings of Bursar as flags, as `bursar up` does.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int MOST_ORDERS = 10_000_000;
    private static final int MOST_ACCOUNTS = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolderOption data;

    @Mixin
    private StackPartOptions parts;

    @Mixin
    private SettingsOptions settings;

    @Option(names = "--keep", description = "Leave the stack up; otherwise what the demo started stops with it.")
    private boolean keep;

    @Option(
            names = "--lobster",
            paramLabel = "FILE",
            description = "Replay a message file in LOBSTER's format instead of the generated flow.")
    private Path lobster;

    @Option(
            names = "--orders",
            paramLabel = "COUNT",
            defaultValue = "100000",
            description = "How many orders to generate (default: ${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--accounts",
            paramLabel = "COUNT",
            defaultValue = "5000",
            description = "Among how many accounts the orders are shared out (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "The same number generates the same flow (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        requireRange("--orders", orders, MOST_ORDERS);
        requireRange("--accounts", accounts, MOST_ACCOUNTS);
        Supplier<Instant> clock = () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
        var ids = Ids.startingAt(clock.get());
        // Made first: what is wrong with a file should not wait for a stack.
        var flow = flow(ids, clock);
        var out = spec.commandLine().getOut();
        try (var stack = DemoStack.open(data, parts, settings, keep, out);
                var connection = new Connection(stack.settings())) {
            return report(new Demo(
                            connection,
                            URI.create(stack.httpUrl()),
                            stack.apiKey(),
                            stack.sinks(),
                            flow,
                            ids,
                            clock,
                            out)
                    .run());
        }
    }

    private OrderFlow flow(Ids ids, Supplier<Instant> clock) {
        return lobster == null
                ? new GeneratedFlow(accounts, orders, seed, ids, clock)
                : new LobsterFlow(LobsterFile.read(lobster), accounts, ids, clock);
    }

    private int report(List<String> faults) {
        if (faults.isEmpty()) {
            spec.commandLine().getOut().println("All is as it should be.");
            return 0;
        }
        var err = spec.commandLine().getErr();
        err.println("Something is wrong:");
        faults.forEach(fault -> err.println("  " + fault));
        return 1;
    }

    private void requireRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + ", but must be from 1 to " + most);
        }
    }
}
