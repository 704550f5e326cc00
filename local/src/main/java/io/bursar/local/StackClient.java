package io.bursar.local;

import io.bursar.local.StackState.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts, asks and stops the stack of one data folder, which runs in processes of its own. Not thread-safe. */
public final class StackClient {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** Longer than the components' times to stop together. */
    private static final Duration STOP_WITHIN = Duration.ofMinutes(2);

    private static final String SUPERVISOR_LOG = "supervisor";

    private final Path path;

    /** @param dataFolder need not be there yet */
    public StackClient(Path dataFolder) {
        this.path = dataFolder.toAbsolutePath().normalize();
    }

    /**
     * Starts a stack that goes on when this process ends, and returns once all of it is ready. If this process ends or
     * is killed before that, everything it has started ends as well.
     *
     * @param progress gets every new state that is seen
     * @throws StackException if the stack cannot be started; everything is stopped again then
     */
    public static StackState up(StackOptions options, Consumer<StackState> progress) throws InterruptedException {
        var folder = DataFolder.openOrCreate(options.dataFolder());
        if (FolderLock.isHeld(folder)) {
            throw Stack.alreadyRunning(folder);
        }
        Leftovers.awaitEnd(folder);
        Stack.requireFreePorts(options);
        var supervisor = launchSupervisor(folder);
        var stopOnInterrupt = new Thread(() -> end(supervisor), "stop-supervisor");
        Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
        try (var pipe = supervisor.getOutputStream()) {
            send(pipe, Json.write(options));
            var ready = awaitReady(folder, supervisor, progress);
            send(pipe, "ready");
            return ready;
        } catch (IOException e) {
            throw new StackException("The supervisor cannot be reached: " + e.getMessage() + ".", e);
        } finally {
            forget(stopOnInterrupt);
        }
    }

    /** In a session of its own where the system has {@code setsid}, and deaf to Ctrl-C and hang-ups in any case. */
    private static Process launchSupervisor(DataFolder folder) {
        var command = new ArrayList<String>();
        if (Programs.isOnPath("setsid")) {
            command.add("setsid");
        }
        command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.addAll(new JavaCommand()
                .heapMb(8, 48)
                .flags("-XX:TieredStopAtLevel=1")
                .inheritProperty(Registry.HOME_PROPERTY)
                .inheritProperty(Connect.HOME_PROPERTY)
                .main(Supervisor.class.getName(), List.of()));
        var log = folder.log(SUPERVISOR_LOG).toFile();
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new StackException("The supervisor cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private static void send(OutputStream pipe, String line) throws IOException {
        pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        pipe.flush();
    }

    private static StackState awaitReady(DataFolder folder, Process supervisor, Consumer<StackState> progress)
            throws InterruptedException {
        var file = new StateFile(folder);
        while (true) {
            // Asked before the state is read, so that the last words of an ended supervisor are not missed.
            var alive = supervisor.isAlive();
            var state = file.read().filter(seen -> seen.supervisorPid() == supervisor.pid());
            state.ifPresent(progress);
            if (state.map(StackState::phase).filter(Phase.RUNNING::equals).isPresent()) {
                return state.get();
            }
            if (!alive) {
                throw new StackException(
                        state.map(StackClient::whyEnded).orElseGet(() -> lastLine(folder.log(SUPERVISOR_LOG))));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static String whyEnded(StackState last) {
        return last.message().isEmpty() ? "The stack was stopped before it was ready." : last.message();
    }

    private static String lastLine(Path log) {
        var lines = LogTail.lastLines(log, 1);
        return lines.isEmpty() ? "The supervisor ended and left no word in " + log + "." : lines.getFirst();
    }

    private static void end(Process supervisor) {
        supervisor.destroy();
        try {
            if (!supervisor.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                supervisor.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // Its pipe ends with this process, which stops it as well.
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs already, and does what it is for.
            return;
        }
    }

    /**
     * The running stack of the data folder; empty when none runs.
     *
     * @throws StackException if the folder is there but cannot be used
     */
    public Optional<StackState> running() {
        // A folder on which a stack never started, or that is just being made, may not be looked into further.
        return FolderLock.wasEverTaken(path)
                ? folder().filter(FolderLock::isHeld).flatMap(folder -> new StateFile(folder).read())
                : Optional.empty();
    }

    /**
     * The running stack with what its components answer now and the memory they take; empty when none runs.
     *
     * @throws StackException if the folder is there but cannot be used
     */
    public Optional<StackStatus> status() {
        return running().map(StackStatus::ask);
    }

    /**
     * Stops the running stack and returns when it has ended. It is killed if it does not end in time.
     *
     * @param progress gets every new state that is seen
     * @return false when none was running
     * @throws StackException if the folder cannot be used or the stack cannot be stopped
     */
    public boolean down(Consumer<StackState> progress) throws InterruptedException {
        var running = running();
        if (running.isEmpty()) {
            return false;
        }
        var folder = DataFolder.open(path);
        var pid = running.get().supervisorPid();
        var supervisor = ProcessHandle.of(pid)
                .orElseThrow(() -> new StackException("Another process holds the data folder " + path + "."));
        supervisor.destroy();
        awaitRelease(folder, supervisor, progress);
        Leftovers.awaitEnd(folder);
        return true;
    }

    private static void awaitRelease(DataFolder folder, ProcessHandle supervisor, Consumer<StackState> progress)
            throws InterruptedException {
        var file = new StateFile(folder);
        var deadline = Instant.now().plus(STOP_WITHIN);
        while (FolderLock.isHeld(folder)) {
            file.read().ifPresent(progress);
            if (Instant.now().isAfter(deadline)) {
                supervisor.destroyForcibly();
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        file.read().ifPresent(progress);
    }

    /**
     * Removes the data folder with all it holds.
     *
     * @return false when there was none
     * @throws StackException if a stack runs on it or it is not Bursar's
     */
    public boolean wipe() {
        var folder = folder();
        if (folder.filter(FolderLock::isHeld).isPresent()) {
            throw Stack.alreadyRunning(folder.get());
        }
        folder.ifPresent(DataFolder::delete);
        return folder.isPresent();
    }

    /**
     * The log of a component, or of the supervisor.
     *
     * @param name a {@link ComponentName} in lower case, or {@code supervisor}
     */
    public Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    /** Where the API key of the stack's own command line is kept; need not be there. */
    public Path apiKeyFile() {
        return path.resolve("api-key");
    }

    /** Where the master keys lie of an application that keeps secrets; need not be there. */
    public Path vaultKeyFile() {
        return path.resolve("vault.keys");
    }

    private Optional<DataFolder> folder() {
        return Files.exists(path) ? Optional.of(DataFolder.open(path)) : Optional.empty();
    }
}
