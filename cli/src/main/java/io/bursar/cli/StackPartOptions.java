package io.bursar.cli;

import io.bursar.local.ComponentName;
import io.bursar.local.Sinks;
import io.bursar.local.Sinks.Carried;
import io.bursar.local.Sinks.Sink;
import io.bursar.local.StackOptions;
import io.bursar.topology.topics.Topics;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What belongs to a stack that is started, and on which ports it listens. */
final class StackPartOptions {
    /** What can be left out. */
    enum Part {
        BURSAR,
        POSTGRES,
        REDIS,
        CONNECT
    }

    private CommandSpec command;

    @Mixin
    private StackPortOptions ports;

    @Option(
            names = "--without",
            paramLabel = "PART",
            split = ",",
            description =
                    "Leave out ${COMPLETION-CANDIDATES}: bursar for one that runs in an IDE, postgres or redis with"
                            + " the connector that writes there, connect with both.")
    private Set<Part> without = EnumSet.noneOf(Part.class);

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Run so many instances of Bursar, which share the accounts; with two or more, each keeps a warm"
                            + " copy of what another has (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description =
                    "Carry the journal to this database instead of one of the stack's own: jdbc:postgresql://…; user and"
                            + " password from SINK_POSTGRES_USER and SINK_POSTGRES_PASSWORD.")
    private String postgres;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "Carry the journal to this server, and count there how often API keys ask, instead of one of"
                    + " the stack's own: redis://HOST:PORT; the password from SINK_REDIS_PASSWORD.")
    private String redis;

    /** Called by picocli with the command that has these options. */
    @Spec(Spec.Target.MIXEE)
    void setCommand(CommandSpec spec) {
        command = spec;
    }

    /**
     * The stack as it is asked for.
     *
     * @param settings of Bursar
     */
    StackOptions in(Path dataFolder, SettingsOptions settings) {
        var bare = new StackOptions(dataFolder, ports.ports(), List.of(), sinks(settings));
        return without.contains(Part.BURSAR)
                ? bare
                : bare.with(LocalApplication.commands(bare, settings, instances(), System.getenv()));
    }

    private int instances() {
        if (instances < 1 || instances > ComponentName.MOST_INSTANCES) {
            throw usage("--instances is " + instances + ", but must be 1 to " + ComponentName.MOST_INSTANCES);
        }
        return instances;
    }

    private Sinks sinks(SettingsOptions settings) {
        var toPostgres = sink(Part.POSTGRES, postgres, "--postgres", "jdbc:postgresql:");
        var toRedis = sink(Part.REDIS, redis, "--redis", "redis");
        var topics = Topics.from(settings.load());
        var carried =
                new Carried(topics.journal(), topics.audit(), topics.brokerAccountStates(), topics.tokenHistory());
        return new Sinks(toPostgres, toRedis, carried);
    }

    private Sink sink(Part part, String url, String option, String scheme) {
        boolean isLeftOut = without.contains(part) || without.contains(Part.CONNECT);
        if (url == null) {
            return isLeftOut ? Sink.NONE : Sink.EMBEDDED;
        }
        if (isLeftOut) {
            throw usage(option + " and --without=" + part + " exclude each other");
        }
        if (!url.startsWith(scheme)) {
            throw usage(option + " is '" + url + "', but must begin with " + scheme);
        }
        return Sink.at(url);
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
