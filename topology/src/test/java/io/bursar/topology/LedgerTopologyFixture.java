package io.bursar.topology;

import com.codahale.metrics.MetricRegistry;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.processors.ExpiryClock;
import io.bursar.processors.InputProgress;
import io.bursar.processors.InputTopics;
import io.bursar.processors.LedgerReader;
import io.bursar.processors.LedgerSettings;
import io.bursar.processors.Nodes;
import io.bursar.processors.RegistryWaits;
import io.bursar.processors.store.StoreMemory;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Reply;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.RecordEncoder;
import io.bursar.topology.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology without a broker: one task with its real RocksDB store, a clock that only the test moves, and a
 * schema registry in memory. All is on partition 0. Knows USD and EUR (scale 2), ABC (4) and ABC-USD (price scale 2) from
 * the start. Not safe for use by several threads.
 */
public final class LedgerTopologyFixture implements AutoCloseable {
    public static final Topics TOPICS = new Topics("bursar.", 1, 1);
    public static final int REPLY_PARTITIONS = 4;

    private static final long ROCKSDB_BYTES = 32L << 20;

    private final Setup setup;
    private final InMemorySchemaRegistry registry;
    private final MetricRegistry metrics = new MetricRegistry();
    private final LedgerTopology topology;
    private final Path folder;
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<Class<?>, RecordEncoder<?>> encoders = new HashMap<>();
    private final TestOutputTopic<String, byte[]> journal;
    private final TestOutputTopic<String, byte[]> replies;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final RecordDecoder<JournalEntry> entryDecoder;
    private final RecordDecoder<Reply> replyDecoder;
    private Instant clock;
    private boolean closed;

    /**
     * What a test may want otherwise.
     *
     * @param clock where the wall clock stands at first
     * @param accountPartitions with more than one, most accounts belong to another partition than the one there is
     */
    public record Setup(
            Instant clock, ExpiryClock expiryClock, LedgerRules rules, InputProgress progress, int accountPartitions) {
        public Setup with(ExpiryClock other) {
            return new Setup(clock, other, rules, progress, accountPartitions);
        }

        public Setup with(LedgerRules other) {
            return new Setup(clock, expiryClock, other, progress, accountPartitions);
        }

        public Setup with(InputProgress other) {
            return new Setup(clock, expiryClock, rules, other, accountPartitions);
        }

        public Setup withAccountPartitions(int other) {
            return new Setup(clock, expiryClock, rules, progress, other);
        }

        private Setup withClock(Instant other) {
            return new Setup(other, expiryClock, rules, progress, accountPartitions);
        }

        public LedgerTopologyFixture start() {
            var fixture = new LedgerTopologyFixture(this, new InMemorySchemaRegistry());
            fixture.put(new Asset("USD", 2));
            fixture.put(new Asset("EUR", 2));
            fixture.put(new Asset("ABC", 4));
            fixture.put(new Instrument("ABC-USD", "ABC", "USD", 2, null, null, null));
            return fixture;
        }
    }

    /** Rules as documented, always caught up, one partition; the wall clock notices deadlines. */
    public static Setup at(Instant clock) {
        return new Setup(clock, ExpiryClock.WALL, LedgerRules.DEFAULT, InputProgress.ALWAYS_CAUGHT_UP, 1);
    }

    private LedgerTopologyFixture(Setup setup, InMemorySchemaRegistry registry) {
        this.setup = setup;
        this.registry = registry;
        this.clock = setup.clock();
        topology = new LedgerTopology(TOPICS, settings(), registry, new RegistryWaits(), setup.progress(), metrics);
        folder = newFolder();
        driver = new TopologyTestDriver(topology.build(), properties(), clock);
        journal = driver.createOutputTopic(TOPICS.journal(), new StringDeserializer(), new ByteArrayDeserializer());
        replies = driver.createOutputTopic(TOPICS.replies(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        entryDecoder = new RecordDecoder<>(JournalEntry.class, registry);
        replyDecoder = new RecordDecoder<>(Reply.class, registry);
    }

    /**
     * Ends this one and starts another with the same rows in its store, as after a restart or a move. Reference data has
     * to come again.
     */
    public LedgerTopologyFixture restart() {
        var next = new LedgerTopologyFixture(setup.withClock(clock), registry);
        try (var rows = store().all()) {
            rows.forEachRemaining(row -> next.store().put(row.key, row.value));
        }
        close();
        return next;
    }

    public void put(Asset asset) {
        send(TOPICS.assets(), utf8(asset.getId()), encode(asset), clock);
    }

    public void put(Instrument instrument) {
        send(TOPICS.instruments(), utf8(instrument.getId()), encode(instrument), clock);
    }

    /** Any message, on the topic of its type, received at the moment at which it says it happened. */
    public void send(SpecificRecord message) {
        send(message, (Instant)
                message.get(message.getSchema().getField("occurredAt").pos()));
    }

    /** Any message, on the topic of its type. */
    public void send(SpecificRecord message, Instant receivedAt) {
        send(message, receivedAt, new RecordHeaders());
    }

    /** Any message, on the topic of its type, with headers. */
    public void send(SpecificRecord message, Instant receivedAt, Headers headers) {
        switch (message) {
            case AccountCommand command ->
                send(TOPICS.accounts(), utf8(command.getAccountId()), encode(command), receivedAt, headers);
            case BalanceUpdate update ->
                send(TOPICS.balanceUpdates(), utf8(update.getAccountId()), encode(update), receivedAt, headers);
            case OrderCommand command ->
                send(TOPICS.orders(), utf8(command.getAccountId()), encode(command), receivedAt, headers);
            case Fill fill -> send(TOPICS.fills(), utf8(fill.getAccountId()), encode(fill), receivedAt, headers);
            case TransferMessage transfer ->
                send(TOPICS.transfers(), utf8(transfer.getAccountId()), encode(transfer), receivedAt, headers);
            case Trade trade -> send(TOPICS.trades(), utf8(trade.getInstrument()), encode(trade), receivedAt, headers);
            default ->
                throw new IllegalArgumentException(
                        "no input takes a " + message.getSchema().getName());
        }
    }

    /** Any bytes, or none. */
    public void send(String topic, byte[] key, byte[] value, Instant receivedAt) {
        send(topic, key, value, receivedAt, new RecordHeaders());
    }

    /** Any bytes, or none, with headers. */
    public void send(String topic, byte[] key, byte[] value, Instant receivedAt, Headers headers) {
        inputs.computeIfAbsent(
                        topic,
                        name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(new TestRecord<>(key, value, headers, receivedAt));
    }

    /** The journal entries since the last call. */
    public List<JournalEntry> journal() {
        return journalRecords().stream().map(this::entry).toList();
    }

    /** The same as records, with their headers and in the wire format. */
    public List<TestRecord<String, byte[]>> journalRecords() {
        return journal.readRecordsToList();
    }

    /** The entry in a record of the journal. */
    public JournalEntry entry(TestRecord<String, byte[]> journalled) {
        return entryDecoder.decode(journalled.value());
    }

    /** The replies since the last call. */
    public List<Reply> replies() {
        return replyRecords().stream()
                .map(record -> replyDecoder.decode(record.value()))
                .toList();
    }

    /** The same as records, with their headers and in the wire format. */
    public List<TestRecord<String, byte[]>> replyRecords() {
        return replies.readRecordsToList();
    }

    /** The dead letters since the last call. */
    public List<DeadLetter> deadLetters() {
        return deadLetters.readRecordsToList().stream()
                .map(record -> new DeadLetter(record.key(), record.value(), record.headers()))
                .toList();
    }

    /** Reads accounts from the store. */
    public LedgerReader reader() {
        return new LedgerReader(store());
    }

    /** The store itself. */
    public KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(Nodes.LEDGER_STORE);
    }

    public InMemorySchemaRegistry registry() {
        return registry;
    }

    /** The assets and instruments that have come and were taken. */
    public ReferenceData reference() {
        return topology.reference();
    }

    /** What a counter has counted. */
    public long counted(String name) {
        return metrics.counter(name).getCount();
    }

    /** Where the wall clock stands. */
    public Instant clock() {
        return clock;
    }

    /** Moves the wall clock forward, in one go: the timer looks at most once. */
    public void advanceClock(Duration by) {
        clock = clock.plus(by);
        driver.advanceWallClockTime(by);
    }

    /** Moves the wall clock forward to a moment, in one go. */
    public void advanceClockTo(Instant moment) {
        advanceClock(Duration.between(clock, moment));
    }

    /** A message in the wire format. */
    public <T extends SpecificRecord> byte[] encode(T message) {
        @SuppressWarnings("unchecked") // what is put under a class encodes that class
        var encoder = (RecordEncoder<T>) encoders.computeIfAbsent(message.getClass(), type -> encoder(message));
        return encoder.encode(message);
    }

    /** Does nothing the second time. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        driver.close();
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T extends SpecificRecord> RecordEncoder<T> encoder(T message) {
        @SuppressWarnings("unchecked") // a message is of its own class
        var type = (Class<T>) message.getClass();
        return new RecordEncoder<>(type, idOf(message.getSchema()));
    }

    private int idOf(Schema schema) {
        return registry.idOf(schema.getName(), schema);
    }

    private LedgerSettings settings() {
        return new LedgerSettings(
                new InputTopics(
                        TOPICS.accounts(),
                        TOPICS.balanceUpdates(),
                        TOPICS.orders(),
                        TOPICS.fills(),
                        TOPICS.transfers(),
                        TOPICS.trades(),
                        setup.accountPartitions(),
                        1),
                REPLY_PARTITIONS,
                idOf(JournalEntry.getClassSchema()),
                idOf(Reply.getClassSchema()),
                idOf(Fill.getClassSchema()),
                idOf(TransferMessage.getClassSchema()),
                setup.rules(),
                setup.expiryClock());
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "fixture");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StoreMemory.BYTES_CONFIG, ROCKSDB_BYTES);
        return properties;
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("bursar-fixture");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
