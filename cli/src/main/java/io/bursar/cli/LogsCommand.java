package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import io.bursar.local.LogTail;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bursar logs}. */
@Command(
        name = "logs",
        description = "Prints the end of the stack's logs, those of all components when none is named.",
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** The logs there are, in the order in which what they are about starts. */
    enum Log {
        SUPERVISOR,
        BROKER,
        REGISTRY,
        BURSAR;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolderOption data;

    @Parameters(paramLabel = "COMPONENT", arity = "0..*", description = "Any of ${COMPLETION-CANDIDATES}.")
    private List<Log> logs = List.of(Log.values());

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "How many lines of each log (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until interrupted.")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 0) {
            throw new ParameterException(spec.commandLine(), "--lines is " + lines + ", but must be 0 or more");
        }
        var tails = new LinkedHashMap<Log, LogTail>();
        logs.forEach(log -> tails.put(log, new LogTail(data.client().log(log.toString()))));
        tails.forEach((log, tail) -> print(log, tail.lastLines(lines)));
        while (follow && !spec.commandLine().getOut().checkError()) {
            tails.forEach((log, tail) -> print(log, tail.newLines()));
            Thread.sleep(BETWEEN_LOOKS);
        }
        return 0;
    }

    private void print(Log log, List<String> added) {
        var out = spec.commandLine().getOut();
        var prefix = logs.size() > 1 ? "%-10s | ".formatted(log) : "";
        added.forEach(line -> out.println(prefix + line));
        out.flush();
    }
}
