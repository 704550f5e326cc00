package io.bursar.local;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One process of a component. It ends with this one, because it is {@link Tethered} to a pipe that this one holds. */
final class ChildProcess {
    private static final int KILLED_BY_SIGNAL = 128;

    /** A grandchild could hold the output open for ever. */
    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(1);

    private final Component component;
    private final Process process;
    private final Thread pump;
    private final Instant startedAt = Instant.now();

    private ChildProcess(Component component, Process process, LogFile log) {
        this.component = component;
        this.process = process;
        this.pump = new Thread(() -> pump(process.getInputStream(), log), "log-" + component.name());
        pump.setDaemon(true);
    }

    /** @param log takes what the process writes on standard output and standard error */
    static ChildProcess start(Component component, LogFile log) {
        DataFolder.makeEmpty(component.temporary());
        try {
            var builder = new ProcessBuilder(component.command()).redirectErrorStream(true);
            builder.environment().putAll(component.environment());
            var process = builder.start();
            var child = new ChildProcess(component, process, log);
            child.pump.start();
            return child;
        } catch (IOException e) {
            throw new StackException("The " + component.name() + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    /** Reads on when the log cannot be written: a full disk must not block the process that logs. */
    private void pump(InputStream output, LogFile log) {
        var buffer = new byte[8192];
        var logWorks = true;
        try (output) {
            for (var length = output.read(buffer); length >= 0; length = output.read(buffer)) {
                logWorks = write(log, buffer, length, logWorks);
            }
        } catch (IOException e) {
            System.err.println("The output of the " + component.name() + " cannot be read: " + e.getMessage());
        }
    }

    private boolean write(LogFile log, byte[] buffer, int length, boolean workedBefore) {
        try {
            log.write(buffer, 0, length);
            return true;
        } catch (IOException e) {
            if (workedBefore) {
                System.err.println("The log of the " + component.name() + " cannot be written: " + e.getMessage());
            }
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    Instant startedAt() {
        return startedAt;
    }

    Duration age() {
        return Duration.between(startedAt, Instant.now());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, and says in a sentence how it ended. */
    String awaitEnd() throws InterruptedException {
        var status = process.waitFor();
        pump.join(LAST_WORDS_WITHIN);
        return "The " + component.name()
                + (status > KILLED_BY_SIGNAL
                        ? " was killed by signal " + (status - KILLED_BY_SIGNAL)
                        : " ended with exit status " + status);
    }

    /** Asks it to end, and makes it end when it does not within its time. */
    void stop() throws InterruptedException {
        // Process.destroy() would close its standard input as well, which halts it at once.
        process.toHandle().destroy();
        if (process.waitFor(component.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
            pump.join(LAST_WORDS_WITHIN);
        } else {
            kill();
        }
    }

    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }
}
