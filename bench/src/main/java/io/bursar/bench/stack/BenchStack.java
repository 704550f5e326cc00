package io.bursar.bench.stack;

import io.bursar.local.Stack;
import io.bursar.local.StackClient;
import io.bursar.local.StackOptions;
import io.bursar.topology.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A broker and a schema registry of the benchmark's own. Closing it leaves no process and no data. */
public final class BenchStack implements AutoCloseable {
    /** What one machine is better off with, the same as `bursar up`; and no vault, whose keys nothing here needs. */
    private static final Map<String, String> DEFAULTS = Map.of(
            Settings.PARTITIONS.name(), "4",
            Settings.REPLICATION_FACTOR.name(), "1",
            Settings.VAULT.name(), "off");

    private final Path folder;
    private final Stack stack;
    private final Map<String, String> given;

    private BenchStack(Path folder, Stack stack, Map<String, String> given) {
        this.folder = folder;
        this.stack = stack;
        this.given = given;
    }

    /**
     * Starts both in a temporary folder on free ports, and returns when they are ready.
     *
     * @param given settings of Bursar by name, for all that is measured
     */
    public static BenchStack start(Map<String, String> given) {
        try {
            var folder = Files.createTempDirectory("bursar-bench-");
            try {
                return new BenchStack(folder, Stack.up(StackOptions.onFreePorts(folder)), given);
            } catch (RuntimeException e) {
                new StackClient(folder).wipe();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made", e);
        }
    }

    /** A Bursar on this stack with topics, group and state of its own. */
    public Deployment deployment(String name) {
        return new Deployment(name, folder.resolve("state").resolve(name), flags());
    }

    /** Holds all data of the benchmark and is removed in the end. */
    public Path folder() {
        return folder;
    }

    private Map<String, String> flags() {
        var flags = new TreeMap<>(DEFAULTS);
        flags.putAll(given);
        flags.put(Settings.BOOTSTRAP_SERVERS.name(), stack.options().bootstrapServers());
        flags.put(Settings.SCHEMA_REGISTRY_URL.name(), stack.options().registryUrl());
        return flags;
    }

    @Override
    public void close() {
        stack.close();
        new StackClient(folder).wipe();
    }
}
