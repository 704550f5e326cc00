package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import io.bursar.cli.sinks.SinkLag;
import io.bursar.cli.sinks.SinkLag.Lag;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.local.StackState;
import io.bursar.local.StackStatus;
import io.bursar.local.StackStatus.ComponentStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar status}. */
@Command(
        name = "status",
        description = "Shows how each component of the stack does. Exit code 0 when all are healthy, 1 otherwise.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final String ROW = "%-10s %-11s %6s %8s %9s %8s  %s%n";
    private static final int KAFKA_TIMEOUT_MS = 5_000;
    private static final long BYTES_PER_MB = 1024 * 1024;

    enum Output {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolderOption data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        var status = data.client().status();
        var out = spec.commandLine().getOut();
        if (status.isEmpty()) {
            out.println(output == Output.JSON ? StatusJson.ofNothing() : "No stack runs on " + data.folder() + ".");
        } else {
            var lags = lags(status.get().state());
            if (output == Output.JSON) {
                out.println(StatusJson.of(status.get(), lags));
            } else {
                print(out, status.get());
                lags.forEach((sink, lag) -> print(out, sink, lag));
            }
        }
        return status.filter(StackStatus::isHealthy).isPresent() ? 0 : 1;
    }

    private static void print(PrintWriter out, StackStatus status) {
        out.printf(ROW, "COMPONENT", "CONDITION", "PORT", "PID", "UPTIME", "MEMORY", "HEALTH");
        status.components().forEach(component -> print(out, component));
        var state = status.state();
        out.printf(
                ROW,
                "supervisor",
                state.phase().toString().toLowerCase(Locale.ROOT),
                "-",
                state.supervisorPid(),
                uptime(state.startedAt()),
                memory(status.supervisorBytes()),
                "ok");
    }

    /** How far the sinks are behind; none are told of a stack without any. */
    private static Map<String, Lag> lags(StackState state) throws InterruptedException {
        var sinks = SinkTarget.of(state);
        if (sinks.equals(SinkTarget.NONE)) {
            return Map.of();
        }
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                state.bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                KAFKA_TIMEOUT_MS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                KAFKA_TIMEOUT_MS);
        try (var admin = Admin.create(config)) {
            return new SinkLag(sinks, state.carried()).of(admin);
        }
    }

    private static void print(PrintWriter out, String sink, Lag lag) {
        var place = sink.equals(SinkLag.DESK) ? SinkLag.POSTGRES : sink;
        var content = sink.equals(SinkLag.DESK) ? "The desk's history" : "The journal";
        out.println(
                lag.isKnown()
                        ? "%s is in %s but for its last %,d offsets.".formatted(content, place, lag.offsets())
                        : "%s is in %s, but how far is not known: %s".formatted(content, place, lag.problem()));
    }

    private static void print(PrintWriter out, ComponentStatus component) {
        var state = component.state();
        out.printf(
                ROW,
                state.name(),
                state.condition().toString().toLowerCase(Locale.ROOT),
                state.port(),
                state.pid().map(Object::toString).orElse("-"),
                state.startedAt().map(StatusCommand::uptime).orElse("-"),
                memory(component.residentBytes()),
                component.isHealthy() ? "ok" : component.problem());
    }

    private static String uptime(Instant since) {
        var age = Duration.between(since, Instant.now());
        return "%d:%02d:%02d".formatted(age.toHours(), age.toMinutesPart(), age.toSecondsPart());
    }

    private static String memory(OptionalLong bytes) {
        return bytes.isPresent() ? bytes.getAsLong() / BYTES_PER_MB + " MB" : "-";
    }
}
