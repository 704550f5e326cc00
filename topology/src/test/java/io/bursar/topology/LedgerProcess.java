package io.bursar.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link LiveLedger} in a process of its own, which can be killed. */
final class LedgerProcess implements AutoCloseable {
    private final Process process;

    private LedgerProcess(Process process) {
        this.process = process;
    }

    /** Starts it; it decides later. Its log goes beside the state folder. */
    static LedgerProcess start(String bootstrapServers, String name, Path stateFolder, Map<String, String> more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerProcess.class.getName(),
                bootstrapServers,
                name,
                stateFolder.toString()));
        more.forEach((setting, value) -> command.addAll(List.of(setting, value)));
        try {
            return new LedgerProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of(stateFolder + ".log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("a ledger cannot be started", e);
        }
    }

    /** Runs until it is killed, or its input ends with the process that started it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var more = new HashMap<String, String>();
        for (int i = 3; i < args.length; i += 2) {
            more.put(args[i], args[i + 1]);
        }
        var unused = new LiveLedger(args[0], args[1], Path.of(args[2]), more).start();
        var end = System.in.read();
        Runtime.getRuntime().halt(end);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
