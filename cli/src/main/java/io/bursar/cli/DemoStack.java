package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.local.ComponentName;
import io.bursar.local.Stack;
import io.bursar.local.StackClient;
import io.bursar.local.StackException;
import io.bursar.local.StackOptions;
import io.bursar.local.StackState;
import io.bursar.local.StackState.Phase;
import io.bursar.topology.settings.Settings;
import java.io.PrintWriter;
import java.util.Optional;

/** The stack that a demo runs on: one that is up already and stays so, or one of the demo's own. */
final class DemoStack implements AutoCloseable {
    private final StackState state;
    private final Settings settings;
    private final Optional<String> apiKey;
    /** Absent when the stack goes on after the demo. */
    private final Optional<Stack> own;

    private DemoStack(StackState state, Settings settings, Optional<String> apiKey, Optional<Stack> own) {
        this.state = state;
        this.settings = settings;
        this.apiKey = apiKey;
        this.own = own;
    }

    /**
     * Finds the running stack of the data folder or starts one.
     *
     * @param keep whether one that is started goes on after the demo
     * @throws StackException when it cannot be started
     * @throws CommandException when the one that is up does not include Bursar, or is not ready
     */
    static DemoStack open(
            DataFolderOption data, StackPartOptions parts, SettingsOptions given, boolean keep, PrintWriter out)
            throws InterruptedException {
        var running = data.client().running();
        if (running.isPresent()) {
            requireComplete(running.get(), data);
            out.println("Using the stack that is up on " + data.folder() + ".");
            return new DemoStack(running.get(), settings(running.get(), given), LocalKey.read(data), Optional.empty());
        }
        var options = parts.in(data.folder(), given);
        if (options.instances().isEmpty()) {
            throw new CommandException("The demo is about Bursar, so its stack cannot go without it.");
        }
        out.println("Starting a stack on " + options.dataFolder());
        var progress = new StackProgress(out);
        try {
            return start(options, data, given, keep, progress);
        } catch (StackException e) {
            progress.lastWordsOfFailed(data.client()).forEach(out::println);
            throw e;
        }
    }

    private static DemoStack start(
            StackOptions options, DataFolderOption data, SettingsOptions given, boolean keep, StackProgress progress)
            throws InterruptedException {
        if (keep) {
            return of(StackClient.up(options, progress), data, given, Optional.empty());
        }
        // Ends with this process, however that ends.
        var stack = Stack.up(options, progress);
        return of(stack.state(), data, given, Optional.of(stack));
    }

    private static DemoStack of(StackState state, DataFolderOption data, SettingsOptions given, Optional<Stack> own)
            throws InterruptedException {
        var settings = settings(state, given);
        var apiKey = LocalKey.makeFirst(data, settings).or(() -> LocalKey.read(data));
        return new DemoStack(state, settings, apiKey, own);
    }

    private static void requireComplete(StackState state, DataFolderOption data) {
        var hasBursar = state.components().stream().anyMatch(component -> component.name() == ComponentName.BURSAR);
        if (!hasBursar) {
            throw new CommandException("The stack on " + data.folder()
                    + " runs without Bursar: `bursar down` stops it, and the demo starts a complete one.");
        }
        if (state.phase() != Phase.RUNNING) {
            throw new CommandException("The stack on " + data.folder() + " is not ready: `bursar status` says why.");
        }
    }

    /** What the user gave, on the broker and the registry of the stack. */
    private static Settings settings(StackState state, SettingsOptions given) {
        given.refuse(SettingsOptions.ofClients(state).keySet());
        return given.loadFor(state);
    }

    /** Those of the clients of this stack. */
    Settings settings() {
        return settings;
    }

    /** Where the journal is carried to. */
    SinkTarget sinks() {
        return SinkTarget.of(state);
    }

    /** The base of Bursar's HTTP API. */
    String httpUrl() {
        return state.httpUrl();
    }

    /** A key to that API; empty when none is known. */
    Optional<String> apiKey() {
        return apiKey;
    }

    /** Stops what was started for the demo alone. */
    @Override
    public void close() {
        own.ifPresent(Stack::close);
    }
}
