package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import io.bursar.local.StackClient;
import io.bursar.local.StackException;
import io.bursar.local.StackOptions;
import io.bursar.local.StackState;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bursar up}. */
@Command(
        name = "up",
        description =
                "Starts a broker, a schema registry, Bursar, PostgreSQL, Redis and Kafka Connect, which carries the journal"
                        + " there, on this machine, and returns when they are ready.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolderOption data;

    @Mixin
    private SettingsOptions settings;

    @Mixin
    private StackPartOptions parts;

    @Override
    public Integer call() throws InterruptedException {
        var options = parts.in(data.folder(), settings);
        var out = spec.commandLine().getOut();
        out.println("Starting on " + options.dataFolder());
        var progress = new StackProgress(out);
        try {
            var ready = StackClient.up(options, progress);
            reportReady(out, options, ready);
            if (!options.instances().isEmpty()) {
                LocalKey.makeFirst(data, settings.loadFor(ready)).ifPresent(key -> reportKey(out, key));
            }
            return 0;
        } catch (StackException e) {
            progress.lastWordsOfFailed(data.client()).forEach(spec.commandLine().getErr()::println);
            throw e;
        }
    }

    private void reportKey(PrintWriter out, String key) {
        out.println("The first API key, which is shown only now and kept in "
                + data.client().apiKeyFile() + ":");
        out.println("  " + key);
    }

    private static void reportReady(PrintWriter out, StackOptions options, StackState ready) {
        out.println("Ready. `bursar status` shows the stack, `bursar down` stops it.");
        out.println("  bootstrap.servers    " + ready.bootstrapServers());
        out.println("  schema.registry.url  " + ready.registryUrl());
        options.instances()
                .forEach(instance -> out.println("  HTTP API             http://127.0.0.1:" + instance.port()));
        ready.postgresUrl().ifPresent(url -> out.println("  PostgreSQL           " + url));
        ready.redisUrl().ifPresent(url -> out.println("  Redis                " + url));
    }
}
