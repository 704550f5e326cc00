package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Instrument;
import io.bursar.service.HttpService;
import io.bursar.stack.Desk;
import io.bursar.stack.JournalReader;
import io.bursar.stack.Listings;
import io.bursar.stack.Message;
import io.bursar.stack.MessageProducer;
import io.bursar.stack.RunningStack;
import io.bursar.stack.SharedStack;
import io.bursar.stack.Wait;
import io.bursar.topology.Bursar;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What operators do to a running system, by the commands as they give them. */
@ExtendWith(SharedStack.class)
@TestInstance(Lifecycle.PER_CLASS)
class OperatorCommandsTest {
    private static final String INSTRUMENT = "OXYZ-OEUR";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Before it, account and order rows say when they are due and when they were due before. */
    private static final int BEGINNING_BYTES = 17;

    private static final int DUE_BYTES = 9;

    private static final String RESTORED = "--topic.prefix=restored.";

    private final RunningStack stack;
    private final MessageProducer producer;
    private final JournalReader journal;
    private String out;
    private String err;

    OperatorCommandsTest(RunningStack stack) {
        this.stack = stack;
        producer = stack.producer();
        journal = stack.journal();
    }

    @BeforeAll
    void publish() {
        Listings.publish(
                stack,
                producer,
                List.of(new Asset("OEUR", 2), new Asset("OXYZ", 4)),
                List.of(new Instrument(INSTRUMENT, "OXYZ", "OEUR", 2, null, null, null)));
    }

    @AfterAll
    void close() {
        journal.close();
        producer.close();
    }

    @Test
    void verify_agrees_while_the_system_works() throws InterruptedException {
        var busy = desk("ops-busy").open();
        var unused = busy.deposit("OEUR", 100_00).buy("o1", 1_000, 10_00, null);
        var working = new AtomicBoolean(true);
        var load = new Thread(() -> {
            for (int i = 0; working.get(); i++) {
                var deposit =
                        new BalanceUpdate("load-" + i, "ops-busy", Desk.now(), new Deposit("OEUR", 1L, null, null));
                var at = producer.sendAndWait(new Message(stack.topics().balanceUpdates(), "ops-busy", deposit));
                assertThat(at.offset()).isNotNegative();
            }
        });
        load.start();
        try {
            assertThat(execute("verify", "--http=" + stack.httpUrl()))
                    .as(out + err)
                    .isZero();
        } finally {
            working.set(false);
            load.join();
        }
        assertThat(out).contains("numbered without gap", "trial balance: zero", "All agree.");
    }

    @Test
    void a_letter_is_shown_and_sent_again_once_with_the_bytes_it_came_with() throws Exception {
        var key = "ops-letter".getBytes(StandardCharsets.UTF_8);
        var value = "no Avro, said operations".getBytes(StandardCharsets.UTF_8);
        try (var raw = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<>(stack.topics().orders(), key, value);
            record.headers().add("desk", "seven".getBytes(StandardCharsets.UTF_8));
            // Of an earlier letter that somebody has copied by hand: it came with the record.
            record.headers().add("bursar-cause", "old".getBytes(StandardCharsets.UTF_8));
            var at = raw.send(record).get();
            assertThat(at.offset()).isNotNegative();
        }
        var id = awaitLetter("ops-letter", 1);

        assertThat(execute("dead-letters", "show", id)).as(err).isZero();
        assertThat(out).contains("bursar.orders", "key        ops-letter", "desk: seven", "6e 6f 20 41 76 72 6f");
        assertThat(execute("dead-letters", "redrive", "--yes", id)).as(err).isZero();
        assertThat(out).contains("1 letters were sent again");

        // It is as bad as before, so it comes back as another letter.
        var second = awaitLetter("ops-letter", 2);
        var sent = recordsOf(stack.topics().orders(), key);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).value()).isEqualTo(value);
        assertThat(sent.get(1).headers().toArray())
                .isEqualTo(sent.get(0).headers().toArray());
        assertThat(execute("dead-letters", "redrive", "--yes", id)).isEqualTo(1);
        assertThat(err).contains("was sent again at", "--again");
        assertThat(execute("dead-letters", "list", "--topic=orders", "--since=1h"))
                .isZero();
        assertThat(out.lines().filter(line -> line.contains("ops-letter")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith(id) && line.contains("redriven at"))
                .anyMatch(line -> line.startsWith(second) && !line.contains("redriven at"));
        assertThat(execute("dead-letters", "redrive", "--yes", "0:999999")).isEqualTo(1);
        assertThat(err).contains("There is no dead letter 0:999999");
    }

    @Test
    void a_suspended_fill_is_listed_and_discarded_and_a_repeat_is_told_so() {
        var suspended = desk("ops-fill").open().filled("o-unseen", "x1", 1_000, 10_00);
        assertThat(suspended.getBody()).isInstanceOf(FillSuspended.class);

        assertThat(execute("suspended-fills", "list", "--http=" + stack.httpUrl(), "ops-fill"))
                .as(err)
                .isZero();
        assertThat(out).contains("ops-fill 2 ", "unknown_order", "1 suspended fills");
        assertThat(discard()).as(out + err).isZero();
        assertThat(out).contains("discarded by entry 3");
        assertThat(discard()).as(out + err).isZero();
        assertThat(out).contains("as decided before");
        assertThat(execute("suspended-fills", "resolve", "ops-fill", "2", "--settle", "--reason=late"))
                .isEqualTo(1);
        assertThat(out).contains("Refused: ");
        assertThat(execute("suspended-fills", "list", "--http=" + stack.httpUrl(), "ops-fill"))
                .isZero();
        assertThat(out).contains("0 suspended fills");
    }

    @Test
    void an_empty_installation_gets_the_same_rows_from_a_file_of_the_journal(@TempDir Path folder) throws Exception {
        var desk = desk("ops-restored").open().deposit("OEUR", 1_000_00);
        var unused = desk.buy("open", 2_000, 350_00, null);
        unused = desk.buy("partly", 2_000, 300_00, null);
        for (int i = 0; i < 10; i++) {
            unused = desk.filled("partly", "x" + i, 100, 300_00);
        }
        unused = desk.filled("o-unseen", "y1", 1_000, 10_00);
        var file = folder.resolve("journal.avro");

        assertThat(execute("journal", "export", file.toString())).as(err).isZero();
        assertThat(execute("topics", "create", "--partitions=4", "--replication.factor=1", RESTORED))
                .as(err)
                .isZero();
        assertThat(execute("restore", "--yes", "--replication.factor=1", "--journal=" + file, RESTORED))
                .as(err)
                .isZero();

        var restored = rows("restored-ledger-changelog");
        assertThat(restored.keySet()).anyMatch(key -> key.contains("\0E")).anyMatch(key -> key.contains("\0S"));
        // What is past its memory, the running ledger deletes by and by.
        Wait.until("equal rows", PATIENCE, () -> firstDifference(rows("bursar-ledger-changelog"), restored));
        assertThat(execute("restore", "--yes", "--replication.factor=1", "--journal=" + file, RESTORED))
                .isEqualTo(1);
        assertThat(err).contains("restored-ledger-changelog is not empty");
        assertThat(execute("journal", "import", file.toString(), RESTORED)).isEqualTo(1);
        assertThat(err).contains("restored.journal is not empty");
        requireRunsOn(folder.resolve("state"));
    }

    /** The restored installation knows what was decided, and goes on. */
    private void requireRunsOn(Path stateFolder) throws InterruptedException {
        var flags = new HashMap<>(Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "schema.registry.url", stack.registryUrl(),
                "topic.prefix", "restored.",
                "application.id", "restored",
                "replication.factor", "1",
                "state.dir", stateFolder.toString(),
                "http.port", "0",
                "http.auth", "none"));
        var settings = Settings.load(SettingsSource.flags(flags));
        var metrics = new MetricRegistry();
        try (var http = new HttpService(settings, metrics, Optional.empty());
                var bursar = new Bursar(settings, metrics, broker -> BrokerLimits.DEFAULT, () -> {})) {
            http.start();
            http.attach(bursar);
            bursar.start();
            Wait.until(
                    "the restored instance runs",
                    PATIENCE,
                    () -> bursar.isReady() ? Optional.empty() : Optional.of(bursar.state()));
            assertThat(execute("restore", "--yes", "--journal=restored.journal", RESTORED))
                    .isEqualTo(1);
            assertThat(err).contains("Application restored runs on");
            assertThat(execute("verify", "--http=http://127.0.0.1:" + http.port(), RESTORED))
                    .as(out + err)
                    .isZero();
            assertThat(execute(
                            "suspended-fills",
                            "list",
                            "--http=http://127.0.0.1:" + http.port(),
                            "ops-restored",
                            RESTORED))
                    .isZero();
            assertThat(out).contains("unknown_order", "1 suspended fills");
            var sequence = out.split(" ", 3)[1];
            var first = new String[] {
                "suspended-fills",
                "resolve",
                "ops-restored",
                sequence,
                "--discard",
                "--reason=r",
                "--command-id=c1",
                RESTORED
            };
            // The id opened the account, in the journal that was restored.
            assertThat(execute(first)).isEqualTo(1);
            assertThat(out).contains("command_id_reused");
            first[6] = "--command-id=c-new";
            assertThat(execute(first)).as(out + err).isZero();
            assertThat(execute("verify", "--http=http://127.0.0.1:" + http.port(), RESTORED))
                    .as(out + err)
                    .isZero();
        }
    }

    private static Optional<String> firstDifference(Map<String, byte[]> live, Map<String, byte[]> restored) {
        var keys = new TreeSet<>(live.keySet());
        keys.addAll(restored.keySet());
        return keys.stream()
                .filter(key -> !live.containsKey(key)
                        || !restored.containsKey(key)
                        || !Arrays.equals(comparable(key, live.get(key)), comparable(key, restored.get(key))))
                .findFirst()
                .map(key -> "row %s, live %s, restored %s"
                        .formatted(
                                key.replace('\0', ' '),
                                Arrays.toString(live.get(key)),
                                Arrays.toString(restored.get(key))));
    }

    /** By their keys, whose bytes are ASCII but for sequences: Latin 1 keeps every byte. */
    private Map<String, byte[]> rows(String changelog) {
        var rows = new TreeMap<String, byte[]>();
        try (var reader = stack.read(List.of(changelog))) {
            for (var record : reader.readToEnd()) {
                var key = new String(record.key(), StandardCharsets.ISO_8859_1);
                if (record.value() == null) {
                    rows.remove(key);
                } else {
                    rows.put(key, record.value());
                }
            }
        }
        return rows;
    }

    /** Without when a row was due before, and when to look after an account: the journal does not tell the history of it. */
    private static byte[] comparable(String key, byte[] value) {
        var copy = value.clone();
        char kind = key.charAt(key.indexOf('\0') + 1);
        if (kind == 'A') {
            Arrays.fill(copy, 0, BEGINNING_BYTES, (byte) 0);
        } else if (kind == 'O') {
            Arrays.fill(copy, DUE_BYTES, BEGINNING_BYTES, (byte) 0);
        }
        return copy;
    }

    private int discard() {
        return execute(
                "suspended-fills",
                "resolve",
                "ops-fill",
                "2",
                "--discard",
                "--reason=test",
                "--command-id=ops-discard");
    }

    /** The id of the newest letter with this key, once there are so many. */
    private String awaitLetter(String key, int count) {
        var ids = new ArrayList<String>();
        var line = Pattern.compile("([0-9]+:[0-9]+) .* key " + key + " .*");
        Wait.until(count + " letters with key " + key, PATIENCE, () -> {
            ids.clear();
            assertThat(execute("dead-letters", "list")).as(err).isZero();
            out.lines()
                    .map(line::matcher)
                    .filter(matcher -> matcher.matches())
                    .forEach(matcher -> ids.add(matcher.group(1)));
            return ids.size() == count ? Optional.empty() : Optional.of("there are " + ids);
        });
        return ids.getLast();
    }

    private List<ConsumerRecord<byte[], byte[]>> recordsOf(String topic, byte[] key) {
        try (var reader = stack.read(List.of(topic))) {
            return reader.readToEnd().stream()
                    .filter(record -> Arrays.equals(record.key(), key))
                    .toList();
        }
    }

    private Desk desk(String account) {
        return new Desk(stack.topics(), producer, journal, account, INSTRUMENT);
    }

    /** On the stack; as application {@code restored} when its topics are meant. */
    private int execute(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap.servers=" + stack.bootstrapServers());
        all.add("--schema.registry.url=" + stack.registryUrl());
        all.add("--application.id=" + (all.contains(RESTORED) ? "restored" : RunningStack.APPLICATION_ID));
        var outText = new StringWriter();
        var errText = new StringWriter();
        int code = BursarCommand.commandLine(Map.of())
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true))
                .execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return code;
    }
}
