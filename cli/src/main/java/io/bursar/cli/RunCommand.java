package io.bursar.cli;

import ch.qos.logback.classic.Level;
import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.service.HttpService;
import io.bursar.service.desk.DeskService;
import io.bursar.topology.Bursar;
import io.bursar.topology.settings.Settings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar run}: the application itself, in this process. */
@Command(
        name = "run",
        description =
                "Runs Bursar against a cluster and a schema registry until it is told to stop. Takes any setting as"
                        + " a flag, such as --bootstrap.servers=HOST:PORT or --kafka.security.protocol=SSL.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    /** EX_SOFTWARE of sysexits.h. Tells the supervisor that the instance ended by itself and is to be started again. */
    private static final int FATAL = 70;

    @Mixin
    private SettingsOptions settings;

    @Option(names = "--create-topics", description = "Make the topics that are missing before it starts.")
    private boolean createTopics;

    @Option(
            names = "--jvm-options",
            description =
                    "Print the options for the JVM that these settings stand for, one on each line, and run nothing:"
                            + " for those who start java themselves.")
    private boolean printJvmOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (printJvmOptions) {
            var out = spec.commandLine().getOut();
            JvmOptions.withOwn(JvmOptions.of(settings.load()), System.getenv()).forEach(out::println);
            out.flush();
            return 0;
        }
        beginToLog();
        var loaded = settings.load();
        if (createTopics) {
            TopicsCommand.create(loaded);
        }
        run(loaded);
        return 0;
    }

    /** The other commands are quiet; loggers that were made while this one was parsed are so up to here. */
    private static void beginToLog() {
        var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty("bursar.log.level"), Level.INFO));
    }

    /** Returns when the process is told to stop, after everything is committed and closed. */
    private static void run(Settings settings) throws InterruptedException {
        var shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::begin, "shutdown"));
        try {
            var desk = DeskService.of(settings, System.getenv());
            try {
                run(settings, desk, shutdown);
            } finally {
                desk.ifPresent(DeskService::close);
            }
        } finally {
            shutdown.done();
        }
    }

    private static void run(Settings settings, Optional<DeskService> desk, Shutdown shutdown)
            throws InterruptedException {
        var metrics = new MetricRegistry();
        Function<String, BrokerLimits> limits = desk.map(DeskService::limits).orElse(broker -> BrokerLimits.DEFAULT);
        try (var http = new HttpService(settings, metrics, desk)) {
            http.start();
            // A clean close after a fatal exception would wipe the state of its thread's tasks; a halt does not.
            try (var bursar = new Bursar(
                    settings, metrics, limits, () -> Runtime.getRuntime().halt(FATAL))) {
                http.attach(bursar);
                bursar.start();
                var work = http.workForDesk(bursar);
                try {
                    shutdown.await();
                } finally {
                    work.close();
                }
            }
        }
    }

    /** The JVM ends when its shutdown hook returns, so the hook has to wait for the thread that closes everything. */
    private static final class Shutdown {
        private final Thread runner = Thread.currentThread();
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile boolean starting = true;

        void begin() {
            asked.countDown();
            if (starting) {
                // It may be waiting for the schema registry.
                runner.interrupt();
            }
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void await() throws InterruptedException {
            starting = false;
            asked.await();
        }

        void done() {
            done.countDown();
        }
    }
}
