package io.bursar.local;

import io.bursar.local.StackState.ComponentState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;

/**
 * The process that owns a stack which outlives the command that started it.
 *
 * <p>Standard input is a pipe from that command. Its first line holds the {@link StackOptions}; a second line, sent once
 * the stack is ready, lets the supervisor go on alone. If the pipe ends before, the command was interrupted or killed
 * and the supervisor stops everything.
 */
public final class Supervisor {
    private static final Duration BETWEEN_LOOKS_AT_FOLDER = Duration.ofSeconds(1);

    private final Map<ComponentName, ComponentState> logged = new EnumMap<>(ComponentName.class);

    private Supervisor() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var command = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var options = command.readLine();
        if (options == null) {
            // The command was killed before it could say what it wants.
            System.exit(1);
        }
        try {
            new Supervisor().run(Json.read(options, StackOptions.class), command);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run(StackOptions options, BufferedReader command) throws IOException, InterruptedException {
        logTo(DataFolder.openOrCreate(options.dataFolder()));
        var stack = Stack.prepare(options, this::log);
        // SIGTERM, which is how `bursar down` asks.
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        var tether = new Thread(() -> stopUnlessReleased(command), "tether");
        tether.setDaemon(true);
        tether.start();
        stack.start();
        while (stack.hasDataFolder()) {
            Thread.sleep(BETWEEN_LOOKS_AT_FOLDER);
        }
        System.err.println("The data folder " + options.dataFolder() + " has been removed; the stack stops.");
        System.exit(1);
    }

    private static void stopUnlessReleased(BufferedReader command) {
        try {
            if (command.readLine() != null) {
                return;
            }
        } catch (IOException e) {
            System.err.println("The pipe from the starting command broke: " + e.getMessage());
        }
        System.exit(1);
    }

    /** From here on the log's size is bounded, which the redirection that the command made is not. */
    private static void logTo(DataFolder folder) throws IOException {
        var log = new PrintStream(new LogFile(folder.log("supervisor")), true, StandardCharsets.UTF_8);
        System.setOut(log);
        System.setErr(log);
    }

    private void log(StackState state) {
        for (var component : state.components()) {
            var before = logged.put(component.name(), component);
            if (before == null || before.condition() != component.condition()) {
                System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + describe(component));
            }
        }
    }

    private static String describe(ComponentState component) {
        var pid = component.pid().map(id -> " as process " + id).orElse("");
        var why = component.message().isEmpty() ? "" : ": " + component.message();
        return component.name() + " " + component.condition() + pid + why;
    }
}
