package io.bursar.bench;

import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Progress;
import io.bursar.cli.JvmOptions;
import io.bursar.local.StackException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsException;
import io.bursar.topology.settings.SettingsSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar bench}. */
@Command(
        name = "bursar bench",
        description =
                "Measures Bursar on this machine, on a broker and a registry that it starts and removes again, and"
                        + " beside it what the machine allows and what PostgreSQL reaches. docs/benchmark.md explains the"
                        + " figures.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    /** Their messages say what is wrong and leave nothing to explain. */
    private static final Set<Class<? extends Exception>> FOR_OPERATORS =
            Set.of(BenchException.class, StackException.class, SettingsException.class);

    /** As shells say it of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    /** Enough for the histograms and backlogs beside Bursar itself, which runs in the same process. */
    private static final String HEAP = "-Xmx2g";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Fewer parts, less data, one round of each: under 2 minutes, and less exact.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Measure only these: ${COMPLETION-CANDIDATES}. Without it, all but growth, and but memory,"
                    + " recovery and core with --quick.")
    private Set<Part> only = EnumSet.noneOf(Part.class);

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "bench-report.json",
            description = "Where the figures go as JSON (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(
            names = "--accounts",
            paramLabel = "NUMBER",
            description =
                    "How many there are in throughput, latency, queries, growth and PostgreSQL; 100,000 without it,"
                            + " 5,000 with --quick. It takes the longer the more there are.")
    private Integer accounts;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of Bursar, such as --set commit.interval.ms=100; may be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--jvm-options", hidden = true, description = "Print the options for its JVM, one on each line.")
    private boolean printJvmOptions;

    private BenchCommand() {}

    /** Ends the process: with 0 on success, 1 on a failure, 2 when the command line cannot be understood. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(BenchCommand::reportFailure)
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        if (printJvmOptions) {
            var options = new ArrayList<>(
                    JvmOptions.of(Settings.load(SettingsSource.flags(settings)).get(Settings.PROFILE)));
            options.add(HEAP);
            JvmOptions.withOwn(options, System.getenv()).forEach(out::println);
            out.flush();
            return 0;
        }
        if (accounts != null && accounts < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--accounts is %d, but must be 1 or more".formatted(accounts));
        }
        var sizes = quick ? Sizes.quick(accounts) : Sizes.full(accounts);
        var parts = only.isEmpty() ? quick ? Part.QUICK : Part.USUAL : only;
        var report = StopOnInterrupt.run(new Bench(sizes, quick, parts, settings, new Progress(out))::run);
        report.write(output);
        new Table(report, out).print();
        out.println("All figures as JSON: " + output.toAbsolutePath());
        out.flush();
        return 0;
    }

    private static int reportFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof InterruptedException || failure instanceof InterruptException) {
            command.getErr().println("Interrupted; what was started has been stopped and removed.");
            return INTERRUPTED;
        }
        var isForOperators = FOR_OPERATORS.contains(failure.getClass());
        command.getErr().println(isForOperators ? failure.getMessage() : "Unexpected failure: " + failure);
        if (!isForOperators) {
            failure.printStackTrace(command.getErr());
        }
        return 1;
    }
}
