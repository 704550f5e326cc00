package io.bursar.local;

import io.bursar.local.StackState.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A stack owned by this process: its components are child processes, which end when this process ends, however it ends.
 * All methods are safe for any thread.
 */
public final class Stack implements AutoCloseable {
    /** With the pauses between them, a component that dies at once is given up after some 8 s. */
    private static final int LAST_QUICK_DEATH = 5;

    private final StackOptions options;
    private final FolderLock lock;
    private final StateFile stateFile;
    private final Consumer<StackState> listener;
    private final Instant startedAt = Instant.now();
    /** In the order in which they start. */
    private final List<ManagedComponent> components = new ArrayList<>();

    private final List<LogFile> logs = new ArrayList<>();

    // Guarded by this.
    private Phase phase = Phase.STARTING;
    private String message = "";

    private final Object stopping = new Object();
    /** Guarded by {@link #stopping}, which is held while the components end. */
    private boolean stopped;

    private Stack(StackOptions options, DataFolder folder, FolderLock lock, Consumer<StackState> listener) {
        this.options = options;
        this.lock = lock;
        this.stateFile = new StateFile(folder);
        this.listener = listener;
    }

    /**
     * Starts a stack and returns once all of it is ready.
     *
     * @throws StackException if it cannot be started; everything is stopped again then
     */
    public static Stack up(StackOptions options) {
        return up(options, state -> {});
    }

    /**
     * Starts a stack and returns once all of it is ready.
     *
     * @param listener gets every new state, from any thread and one at a time; it must return quickly
     * @throws StackException if it cannot be started; everything is stopped again then
     */
    public static Stack up(StackOptions options, Consumer<StackState> listener) {
        var stack = prepare(options, listener);
        stack.start();
        return stack;
    }

    /**
     * A stack that holds its data folder and has started nothing yet.
     *
     * @throws StackException if the folder or a port cannot be used
     */
    static Stack prepare(StackOptions options, Consumer<StackState> listener) {
        var folder = DataFolder.openOrCreate(options.dataFolder());
        var lock = FolderLock.acquire(folder).orElseThrow(() -> alreadyRunning(folder));
        try {
            requireFreePorts(options);
            var stack = new Stack(options, folder, lock, listener);
            stack.addComponents(folder);
            return stack;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    static StackException alreadyRunning(DataFolder folder) {
        var where = new StateFile(folder)
                .read()
                .map(state -> ": process " + state.supervisorPid() + ", broker at " + state.bootstrapServers())
                .orElse("");
        return new StackException("A stack already runs on " + folder.path() + where + ".");
    }

    /** @throws StackException that names the first port which something else uses */
    static void requireFreePorts(StackOptions options) {
        var ports = options.ports();
        requireFree(ports.kafka(), "broker", "--kafka-port");
        requireFree(ports.registry(), "schema registry", "--registry-port");
        options.instances().forEach(instance -> requireFree(instance.port(), "HTTP service", "--http-port"));
        var sinks = options.sinks();
        if (sinks.postgres().isEmbedded()) {
            requireFree(ports.postgres(), "PostgreSQL server", "--postgres-port");
        }
        if (sinks.redis().isEmbedded()) {
            requireFree(ports.redis(), "Redis server", "--redis-port");
        }
        if (sinks.isAnyWanted()) {
            requireFree(ports.connect(), "Kafka Connect worker", "--connect-port");
        }
        if (new HashSet<>(ports.all()).size() < ports.all().size()) {
            throw new StackException("The ports " + ports.all() + " must differ from each other.");
        }
    }

    private static void requireFree(int port, String user, String flag) {
        Loopback.refusal(port).ifPresent(refusal -> {
            throw new StackException(
                    "Port " + port + " for the " + user + " " + refusal + "; choose another one with " + flag + ".");
        });
    }

    private void addComponents(DataFolder folder) {
        var ports = options.ports();
        var taken = new HashSet<>(ports.all());
        options.instances().forEach(instance -> taken.add(instance.port()));
        var controllerPort = Loopback.freeAbove(ports.kafka(), taken);
        taken.add(controllerPort);
        var managementPort = Loopback.freeAbove(ports.registry(), taken);
        add(folder, Broker.component(folder, ports.kafka(), controllerPort));
        add(folder, Registry.component(folder, ports.registry(), managementPort));
        if (options.sinks().postgres().isEmbedded()) {
            add(folder, NativeServer.postgres(folder, ports.postgres()));
        }
        if (options.sinks().redis().isEmbedded()) {
            add(folder, NativeServer.redis(folder, ports.redis()));
        }
        var number = 1;
        for (var instance : options.instances()) {
            add(folder, Application.component(folder, ComponentName.instance(number++), instance));
        }
        if (options.sinks().isAnyWanted()) {
            add(folder, Connect.component(folder, options));
        }
    }

    private void add(DataFolder folder, Component component) {
        var needs = components.stream()
                .filter(other -> component.needs().contains(other.name()))
                .toList();
        var log = openLog(folder.log(component.name().toString()));
        var backoff = new RestartBackoff(LAST_QUICK_DEATH);
        components.add(new ManagedComponent(component, log, backoff, needs, this::publish));
    }

    private LogFile openLog(Path file) {
        try {
            var log = new LogFile(file);
            logs.add(log);
            return log;
        } catch (IOException e) {
            throw new StackException("The log " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Starts the components and returns once all are ready.
     *
     * @throws StackException if one of them does not become ready, or {@link #close()} is called meanwhile
     */
    void start() {
        publish();
        components.forEach(ManagedComponent::start);
        try {
            allReady().join();
            changeTo(Phase.RUNNING, "");
        } catch (CompletionException e) {
            var failure =
                    e.getCause() instanceof StackException known ? known : new StackException("" + e.getCause(), e);
            stop(Phase.FAILED, failure.getMessage());
            throw failure;
        }
    }

    /** Completes with the first failure, without waiting for the rest. */
    private CompletableFuture<Object> allReady() {
        var firstFailure = new CompletableFuture<Void>();
        var observed = components.stream()
                .map(component -> component.firstReady().whenComplete((ready, failure) -> {
                    if (failure != null) {
                        firstFailure.completeExceptionally(failure);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.anyOf(firstFailure, CompletableFuture.allOf(observed));
    }

    /** What clients need to know, and how each component does. */
    public synchronized StackState state() {
        return new StackState(
                phase,
                message,
                ProcessHandle.current().pid(),
                startedAt,
                options.bootstrapServers(),
                options.registryUrl(),
                options.httpUrl(),
                options.postgresUrl(),
                options.redisUrl(),
                options.sinks().topics(),
                components.stream().map(ManagedComponent::state).toList());
    }

    /** Whether the data folder is still there. Without it the stack can keep nothing, and nobody can find it. */
    boolean hasDataFolder() {
        return FolderLock.wasEverTaken(options.dataFolder());
    }

    /** The options that the stack was started with. */
    public StackOptions options() {
        return options;
    }

    /**
     * Stops the components, the last started first, and frees the data folder. Each gets its time to end in order
     * before it is killed. Further calls wait for the first and do nothing.
     */
    @Override
    public void close() {
        stop(Phase.STOPPED, "");
    }

    private void stop(Phase end, String why) {
        synchronized (stopping) {
            if (stopped) {
                return;
            }
            stopped = true;
            changeTo(Phase.STOPPING, why);
            components.reversed().forEach(Stack::stop);
            changeTo(end, why);
            release();
        }
    }

    private static void stop(ManagedComponent component) {
        try {
            component.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Stopping the " + component.name() + " was interrupted.", e);
        }
    }

    private void release() {
        try (lock) {
            for (var log : logs) {
                log.close();
            }
        } catch (IOException e) {
            throw new StackException("A log cannot be closed: " + e.getMessage() + ".", e);
        }
    }

    private void changeTo(Phase next, String why) {
        synchronized (this) {
            phase = next;
            message = why;
        }
        publish();
    }

    private synchronized void publish() {
        var state = state();
        try {
            stateFile.write(state);
        } catch (UncheckedIOException e) {
            // Others see an old state then, which must not keep this one from starting or stopping its processes.
            System.err.println(e.getMessage() + ": " + e.getCause().getMessage());
        }
        listener.accept(state);
    }
}
