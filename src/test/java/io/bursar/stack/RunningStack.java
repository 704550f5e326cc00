package io.bursar.stack;

import io.bursar.local.ComponentName;
import io.bursar.local.LogTail;
import io.bursar.local.Sinks;
import io.bursar.local.Sinks.Carried;
import io.bursar.local.Sinks.Sink;
import io.bursar.local.Stack;
import io.bursar.local.StackClient;
import io.bursar.local.StackOptions;
import io.bursar.local.StackOptions.ApplicationCommand;
import io.bursar.local.StackState.ComponentState;
import io.bursar.local.StackState.Condition;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.SchemaRegistryClient;
import io.bursar.topology.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A whole system: a broker, a schema registry and {@code bursar run}, each a process of its own on free ports of
 * loopback, started again by their supervisor when they end. Closing it leaves no process and no data; the logs of the
 * processes stay in {@code target/stack-logs}.
 */
public final class RunningStack implements AutoCloseable {
    /** The consumer group by which Bursar reads its inputs. */
    public static final String APPLICATION_ID = "bursar";

    private static final int PARTITIONS = 4;
    private static final Duration RESTART_WITHIN = Duration.ofSeconds(60);

    private static final Topics TOPICS = new Topics("bursar.", PARTITIONS, 1);

    /** Of each log of a stack that did not start. */
    private static final int LAST_WORDS = 15;

    private final Path dataFolder;
    private final Path logs;
    private final Stack stack;
    private final Optional<BrokerContainer> container;
    private final SchemaRegistry registry;

    private RunningStack(Path dataFolder, Path logs, Stack stack, Optional<BrokerContainer> container) {
        this.dataFolder = dataFolder;
        this.logs = logs;
        this.stack = stack;
        this.container = container;
        this.registry = new SchemaRegistryClient(
                Map.of("schema.registry.url", stack.options().registryUrl()));
    }

    /** Starts a system and returns when all of it is ready. The name is that of its folder of logs. */
    public static RunningStack start(String name) {
        return start(name, Optional.empty());
    }

    /**
     * Starts a system whose Bursar uses the broker in the container, if there is one, and returns when all of it is
     * ready. The broker process of the stack idles then.
     *
     * @param settings of Bursar, as flags of {@code bursar run}, beside those that the stack itself decides; its HTTP API
     *     asks for no keys unless they say so
     */
    public static RunningStack start(String name, Optional<BrokerContainer> container, String... settings) {
        return start(name, container, endpoints -> {
            var brokers = container.map(BrokerContainer::bootstrapServers).orElse(endpoints.bootstrapServers());
            return endpoints.with(
                    bursarRun(endpoints, ComponentName.BURSAR, endpoints.ports().http(), brokers, List.of(settings)));
        });
    }

    /**
     * Starts a system with so many instances of Bursar, each with a warm copy of what another has.
     *
     * @param settings of all instances, as flags of {@code bursar run}
     */
    public static RunningStack startInstances(String name, int instances, String... settings) {
        return start(name, Optional.empty(), endpoints -> {
            var ports = endpoints.httpPorts(instances);
            return endpoints.with(IntStream.rangeClosed(1, instances)
                    .mapToObj(number -> bursarRun(
                            endpoints,
                            ComponentName.instance(number),
                            ports.get(number - 1),
                            endpoints.bootstrapServers(),
                            Stream.concat(
                                            Stream.of(
                                                    "--application.server=127.0.0.1:" + ports.get(number - 1),
                                                    "--num.standby.replicas=1"),
                                            Stream.of(settings))
                                    .toList()))
                    .toArray(ApplicationCommand[]::new));
        });
    }

    /** Starts everything but Bursar, Kafka Connect and what it writes to among it, and returns when it is ready. */
    public static RunningStack startSinks(String name) {
        var toEmbedded = new Sinks(
                Sink.EMBEDDED,
                Sink.EMBEDDED,
                new Carried(TOPICS.journal(), TOPICS.audit(), TOPICS.brokerAccountStates(), TOPICS.tokenHistory()));
        return start(name, Optional.empty(), endpoints -> endpoints.with(toEmbedded));
    }

    private static RunningStack start(
            String name, Optional<BrokerContainer> container, UnaryOperator<StackOptions> parts) {
        try {
            var dataFolder = Files.createTempDirectory("bursar-" + name + "-");
            var logs = Path.of("target", "stack-logs", name);
            try {
                var stack = Stack.up(parts.apply(StackOptions.onFreePorts(dataFolder)));
                return new RunningStack(dataFolder, logs, stack, container);
            } catch (RuntimeException e) {
                keepLogs(dataFolder, logs);
                printLastWords(logs);
                new StackClient(dataFolder).wipe();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of stack " + name + " cannot be made", e);
        }
    }

    private static ApplicationCommand bursarRun(
            StackOptions endpoints, ComponentName instance, int port, String bootstrapServers, List<String> settings) {
        var arguments = new ArrayList<>(List.of(
                "run",
                "--create-topics",
                "--bootstrap.servers=" + bootstrapServers,
                "--schema.registry.url=" + endpoints.registryUrl(),
                "--application.id=" + APPLICATION_ID,
                "--partitions=" + PARTITIONS,
                "--replication.factor=1",
                "--state.dir=" + endpoints.applicationFolder(instance),
                "--http.port=" + port,
                // After a restart the partitions are still its own.
                "--group.instance.id=" + instance,
                "--rocksdb.memory.mb=64",
                "--vault=development",
                // All instances open the same secrets.
                "--vault.key.file="
                        + endpoints.applicationFolder(ComponentName.BURSAR).resolveSibling("vault.keys")));
        if (settings.stream().noneMatch(setting -> setting.startsWith("--http.auth="))) {
            arguments.add("--http.auth=none");
        }
        arguments.addAll(settings);
        return new ApplicationCommand(
                "io.bursar.cli.BursarCommand",
                arguments,
                List.of(
                        "-Xms128m",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        // A process that is soon killed gets nothing back for what the second compiler costs.
                        "-XX:TieredStopAtLevel=1",
                        // Not the tests' own logging, which is on the class path as well.
                        "-Dlogback.configurationFile=logback.xml"),
                port,
                "/health/ready",
                Map.of());
    }

    public String bootstrapServers() {
        return container
                .map(BrokerContainer::bootstrapServers)
                .orElse(stack.options().bootstrapServers());
    }

    /** Where it lives and listens. */
    public StackOptions options() {
        return stack.options();
    }

    /** The base of the registry's Confluent API. */
    public String registryUrl() {
        return stack.options().registryUrl();
    }

    /** A client of the schema registry, for any thread; it ends with the stack. */
    public SchemaRegistry registry() {
        return registry;
    }

    public Topics topics() {
        return TOPICS;
    }

    /** The base of Bursar's HTTP API. */
    public String httpUrl() {
        return stack.options().httpUrl();
    }

    /** The bases of the HTTP APIs of all instances. */
    public List<String> httpUrls() {
        return stack.options().instances().stream()
                .map(instance -> "http://127.0.0.1:" + instance.port())
                .toList();
    }

    /** Bursar's HTTP service. */
    public BursarHttp http() {
        return new BursarHttp(stack.options().httpUrl());
    }

    /** The caller closes it. */
    public MessageProducer producer() {
        return new MessageProducer(bootstrapServers(), registry);
    }

    /** Reads the journal from its beginning; the caller closes it. */
    public JournalReader journal() {
        return new JournalReader(bootstrapServers(), TOPICS.journal(), registry);
    }

    /** Reads topics from their beginning; the caller closes it. */
    public TopicReader read(List<String> names) {
        return new TopicReader(bootstrapServers(), names);
    }

    /** The caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Ends a component by SIGKILL; its supervisor starts it again. Says which process it was. */
    public long kill(ComponentName name) {
        var process = process(name);
        process.destroyForcibly();
        return process.pid();
    }

    /** Stops the broker in good order, or pauses its container, and returns when it serves again. */
    public void interruptBroker() {
        if (container.isPresent()) {
            container.get().pause();
            return;
        }
        var broker = process(ComponentName.BROKER);
        broker.destroy();
        awaitAfter(ComponentName.BROKER, broker.pid());
    }

    /** How often Bursar was started again so far. */
    public int restartsOfBursar() {
        return component(ComponentName.BURSAR).restarts();
    }

    @Override
    public void close() {
        registry.close();
        stack.close();
        try {
            keepLogs(dataFolder, logs);
        } finally {
            new StackClient(dataFolder).wipe();
        }
    }

    /** Returns when another process of the component than the ended one is ready. */
    public void awaitAfter(ComponentName name, long ended) {
        Wait.until("a new process of the " + name, RESTART_WITHIN, () -> {
            var component = component(name);
            if (component.condition() == Condition.FAILED) {
                throw new AssertionError(component.message());
            }
            var isNew = component.pid().filter(pid -> pid != ended).isPresent();
            return isNew && component.condition() == Condition.READY
                    ? Optional.empty()
                    : Optional.of("it is " + component.condition() + ", its log is in " + logs);
        });
    }

    /** That of the component now. */
    public ProcessHandle process(ComponentName name) {
        return component(name)
                .pid()
                .flatMap(ProcessHandle::of)
                .orElseThrow(() -> new IllegalStateException("the " + name + " does not run"));
    }

    private ComponentState component(ComponentName name) {
        return stack.state().components().stream()
                .filter(component -> component.name() == name)
                .findAny()
                .orElseThrow();
    }

    private static void keepLogs(Path dataFolder, Path target) {
        var logs = dataFolder.resolve("logs");
        try (var files = Files.list(logs)) {
            Files.createDirectories(target);
            for (var file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the logs of the stack cannot be kept in " + target, e);
        }
    }

    /** A failed start says which part ended; why stands in that part's log, which not everybody can open. */
    private static void printLastWords(Path logs) {
        try (var files = Files.list(logs)) {
            for (var file : files.toList()) {
                System.err.println("The end of " + file + ":");
                new LogTail(file).lastLines(LAST_WORDS).forEach(System.err::println);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the logs in " + logs + " cannot be read", e);
        }
    }
}
