package io.bursar.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.clients.Connection;
import io.bursar.cli.sinks.SinkLag;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.cli.verify.Verification;
import io.bursar.local.ComponentName;
import io.bursar.schemas.JournalEntry;
import io.bursar.stack.RunningStack;
import io.bursar.stack.Wait;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** On a real broker, registry, PostgreSQL, Redis and real workers of Kafka Connect. */
@Order(2)
class SinksExactlyOnceTest {
    private static final long SEED = 20_260_403;

    /** Some 28,000 entries; {@code -Dsinks.commands=140000} gives 200,000. */
    private static final int COMMANDS = Integer.getInteger("sinks.commands", 20_000);

    private static final int PARTITIONS = 4;
    private static final int PER_TRANSACTION = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Market market = new Market();
    private final long startedAt = System.nanoTime();

    @Test
    void tables_and_cache_equal_the_journal_though_workers_and_database_are_killed_and_partitions_move()
            throws Exception {
        try (var stack = RunningStack.startSinks("sinks");
                var admin = stack.admin()) {
            say("the system is ready");
            var topic = stack.topics().journal();
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            var records = journal(stack);
            say("the journal has %,d entries".formatted(records.size()));
            int part = records.size() / 4;
            try (var producer = producer(stack)) {
                append(producer, records.subList(0, part));
                long worker = stack.kill(ComponentName.CONNECT);
                append(producer, records.subList(part, 2 * part));
                stack.awaitAfter(ComponentName.CONNECT, worker);
                say("the worker was killed and is back");

                long guard = stack.process(ComponentName.POSTGRES).pid();
                killPostgres(stack);
                append(producer, records.subList(2 * part, 3 * part));
                stack.awaitAfter(ComponentName.POSTGRES, guard);
                say("the database was killed and is back");

                movePartitions(stack, () -> append(producer, records.subList(3 * part, records.size())));
            }
            awaitSinks(stack, admin);
            say("the sinks have caught up");
            verify(stack, records.size());
            flushRedis(stack);
            awaitSink("redis", stack, admin);
            say("the cache was flushed and is full again");
            verify(stack, records.size());
        }
    }

    private static void flushRedis(RunningStack stack) {
        try (var redis = sinks(stack).connection().orElseThrow()) {
            redis.flushAll();
            assertThat(redis.dbSize()).isZero();
        }
    }

    private List<ProducerRecord<byte[], byte[]>> journal(RunningStack stack) {
        var topic = stack.topics().journal();
        int schemaId = stack.registry().idOf(topic + "-value", JournalEntry.getClassSchema());
        var start = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var workload = Workload.of(SEED, stack.topics(), market, start, COMMANDS);
        return new LedgerJournal(market, topic, schemaId)
                .add(workload.openings())
                .add(workload.stream())
                .records();
    }

    private static Producer<byte[], byte[]> producer(RunningStack stack) {
        var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", stack.bootstrapServers(), "transactional.id", "journal", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** Every transaction is tried twice: the first time it is aborted, and its records must never be seen. */
    private static void append(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        for (int from = 0; from < records.size(); from += PER_TRANSACTION) {
            var transaction = records.subList(from, Math.min(records.size(), from + PER_TRANSACTION));
            producer.beginTransaction();
            send(producer, transaction.reversed());
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, transaction);
            producer.commitTransaction();
        }
    }

    private static void send(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            // What fails is thrown by the end of the transaction.
            var unused = producer.send(record);
        }
    }

    private static void killPostgres(RunningStack stack) throws IOException {
        var pidFile = stack.options().dataFolder().resolve("postgres/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    /**
     * A second worker joins, the first one is paused in its work until all partitions have moved, and goes on then as if
     * nothing had happened.
     */
    private void movePartitions(RunningStack stack, Runnable append) throws IOException, InterruptedException {
        try (var second = SecondWorker.start(stack)) {
            second.awaitTask("postgres-sink");
            say("a second worker has joined");
            var first = stack.process(ComponentName.CONNECT);
            signal("STOP", first);
            append.run();
            try (var admin = stack.admin()) {
                awaitSink("postgres", stack, admin);
            }
            say("all partitions have moved");
            signal("CONT", first);
            second.awaitTask("postgres-sink");
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).as("status of kill").isZero();
    }

    private static void awaitSinks(RunningStack stack, Admin admin) {
        awaitSink("postgres", stack, admin);
        awaitSink("redis", stack, admin);
    }

    private static void awaitSink(String name, RunningStack stack, Admin admin) {
        var lag = new SinkLag(sinks(stack), stack.options().sinks().topics());
        Wait.until("the sink " + name + " at the journal's end", PATIENCE, () -> {
            try {
                var found = lag.of(admin).get(name);
                return found.isKnown() && found.offsets() == 0 ? Optional.empty() : Optional.of(found.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        });
    }

    private void verify(RunningStack stack, int entries) throws InterruptedException, SQLException {
        try (var connection = new Connection(Settings.load(SettingsSource.flags(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "schema.registry.url", stack.registryUrl()))))) {
            var verification = new Verification(connection, List.of(), Optional.empty(), sinks(stack), 5);
            assertThat(verification.run()).as("what is wrong").isEmpty();
            verification.findings().forEach(this::say);
            assertThat(verification.findings())
                    .as("what was compared")
                    .anyMatch(finding -> finding.startsWith("PostgreSQL: 2"))
                    .anyMatch(finding -> finding.startsWith("Redis: 2"));
        }
        try (var database = DriverManager.getConnection(sinks(stack).postgres().orElseThrow());
                var statement = database.createStatement();
                var rows = statement.executeQuery("""
                        SELECT count(*), count(DISTINCT (account_id, sequence)), (SELECT sum(last_sequence) FROM bursar.accounts)
                        FROM bursar.journal""")) {
            assertThat(rows.next()).isTrue();
            assertThat(List.of(rows.getInt(1), rows.getInt(2), rows.getInt(3)))
                    .as("rows of the journal, distinct ones, and entries by the accounts' last sequence")
                    .containsOnly(entries);
        }
    }

    private static SinkTarget sinks(RunningStack stack) {
        return new SinkTarget(
                stack.options().postgresUrl(), stack.options().redisUrl().map(URI::create));
    }

    private void say(String what) {
        double seconds = Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1e3;
        System.out.println("[sinks] %5.1f s: ".formatted(seconds) + what);
    }
}
