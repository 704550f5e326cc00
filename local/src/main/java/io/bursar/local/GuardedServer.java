package io.bursar.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that is no JVM and would outlive its parent. This JVM does nothing but look after it: it stops the server in
 * order when it gets a SIGTERM and when its standard input ends, however the parent died, and ends when the server does.
 * A server whose guard was killed is ended by the next one, which finds it by its pid file.
 */
final class GuardedServer {
    private static final int PARENT_GONE = 3;
    private static final int SERVER_ENDED = 1;
    private static final Duration LEFTOVER_ENDS_WITHIN = Duration.ofSeconds(10);

    private final ProcessHandle server;
    private final Runnable stop;

    /** @param stop returns when the server has ended, within a bounded time */
    GuardedServer(ProcessHandle server, Runnable stop) {
        this.server = server;
        this.stop = stop;
    }

    /** Does not return: this JVM ends when the server has. */
    void guard() {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        var tether = new Thread(GuardedServer::exitAtEndOfInput, "tether");
        tether.setDaemon(true);
        tether.start();
        server.onExit().join();
        // While the hook runs already this waits for it for ever, which is fine: the hook ends the JVM.
        System.exit(SERVER_ENDED);
    }

    private static void exitAtEndOfInput() {
        try {
            var ignored = System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The pipe to the parent process broke: " + e.getMessage());
        }
        System.exit(PARENT_GONE);
    }

    /**
     * Ends the server that an earlier guard left behind, if there is one.
     *
     * @param pidFile with a process id in its first line; need not be there
     * @param program what the server's executable is called; a process of another name got the id later
     */
    static void endLeftover(Path pidFile, String program) throws IOException, InterruptedException {
        if (Files.notExists(pidFile)) {
            return;
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var leftover = ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains(program));
        if (leftover.isEmpty()) {
            return;
        }
        System.err.println("Ending process " + pid + ", which was left behind.");
        interrupt(pid);
        if (!hasEnded(leftover.get())) {
            leftover.get().destroyForcibly();
            if (!hasEnded(leftover.get())) {
                throw new IllegalStateException("process " + pid + ", which was left behind, cannot be ended");
            }
        }
    }

    /** Waits for it, not for ever. */
    private static boolean hasEnded(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(LEFTOVER_ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + process.pid() + " cannot be waited for", e.getCause());
        }
    }

    /** SIGINT, at which PostgreSQL ends its sessions, while a SIGTERM would wait for them. */
    private static void interrupt(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
    }
}
