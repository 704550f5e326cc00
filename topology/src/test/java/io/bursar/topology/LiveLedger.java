package io.bursar.topology;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.processors.RegistryWaits;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Balance;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.RecordEncoder;
import io.bursar.schemas.state.AccountState;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import io.bursar.topology.topics.TopicAdmin;
import io.bursar.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The whole topology on a real broker, on two partitions unless a test wants others, and one thread, with a schema registry in memory. Knows USD
 * (scale 2), ABC (4) and ABC-USD (price scale 2) once it is started. Not safe for use by several threads.
 */
final class LiveLedger implements AutoCloseable {
    static final int PARTITIONS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Instances of one group are to know them by the same ids, though each has a registry of its own. */
    private static final List<Schema> MESSAGES = List.of(
            Asset.SCHEMA$,
            Instrument.SCHEMA$,
            AccountCommand.SCHEMA$,
            BalanceUpdate.SCHEMA$,
            OrderCommand.SCHEMA$,
            Fill.SCHEMA$,
            JournalEntry.SCHEMA$);

    final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    final RegistryWaits waits = new RegistryWaits();
    final AtomicInteger failures = new AtomicInteger();
    final Settings settings;
    final Topics topics;
    final Admin admin;

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordDecoder<JournalEntry> entryDecoder = new RecordDecoder<>(JournalEntry.class, registry);
    private final List<JournalEntry> journal = new ArrayList<>();
    private int deadLetters;
    private final LedgerStreams streams;

    /**
     * @param name of its topics and its group
     * @param more settings
     */
    LiveLedger(String bootstrapServers, String name, Path stateFolder, Map<String, String> more) {
        this.bootstrapServers = bootstrapServers;
        MESSAGES.forEach(registry::registerElsewhere);
        settings = settings(name, stateFolder, more);
        topics = Topics.from(settings);
        admin = Admin.create(clients());
        var topicAdmin = new TopicAdmin(admin, topics);
        topicAdmin.create();
        producer = new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(readCommitted(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitionsOf(topics.journal(), topics.deadLetters()));
        streams = new LedgerStreams(
                settings,
                topicAdmin.checkForStart(),
                broker -> BrokerLimits.DEFAULT,
                registry,
                waits,
                new MetricRegistry(),
                failures::incrementAndGet);
    }

    /** Returns when all partitions decide. */
    LiveLedger start() throws InterruptedException {
        send(new Asset("USD", 2));
        send(new Asset("ABC", 4));
        send(new Instrument("ABC-USD", "ABC", "USD", 2, null, null, null));
        streams.start();
        awaitUntil(() -> streams.state() == KafkaStreams.State.RUNNING);
        return this;
    }

    LedgerStreams streams() {
        return streams;
    }

    /** An account id that belongs to one of the two partitions. */
    static String accountOf(int partition) {
        return accountOf(partition, PARTITIONS);
    }

    /** An account id that belongs to one of so many partitions. */
    static String accountOf(int partition, int partitions) {
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> "A" + i)
                .filter(id -> Utils.toPositive(Utils.murmur2(utf8(id))) % partitions == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Sends that an account is to be opened. */
    void open(String account) {
        send(Ask.open(account, now()));
    }

    /** Sends a deposit of USD. */
    void deposit(String commandId, String account, long cents) {
        send(Ask.deposit(commandId, account, now(), "USD", cents));
    }

    /** Empty while the account's partition is not here, and until a command has named it. */
    Optional<AccountState> account(String account) {
        try {
            return streams.queries().namedAccount(account);
        } catch (UnavailableException e) {
            return Optional.empty();
        }
    }

    /** What the account, which has nothing else, owns in cents of USD; 0 while its partition is not here. */
    long total(String account) {
        return account(account).stream()
                .flatMap(found -> found.getBalances().stream())
                .mapToLong(Balance::getTotal)
                .sum();
    }

    /** By the clock of commands. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns when the broker has it. */
    void send(SpecificRecord message) {
        send(record(message));
    }

    /** Returns when the broker has it. */
    void send(ProducerRecord<byte[], byte[]> record) {
        acknowledged(producer, record);
    }

    /** Returns when the broker has it. */
    static void acknowledged(KafkaProducer<byte[], byte[]> from, ProducerRecord<byte[], byte[]> record) {
        try {
            var unused = from.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException("the broker of the test did not take a record", e);
        }
    }

    /** A message on the topic of its type, with its schema as another process has registered it. */
    ProducerRecord<byte[], byte[]> record(SpecificRecord message) {
        return record(message, registry.registerElsewhere(message.getSchema()));
    }

    /** A message on the topic of its type, with a schema id. */
    ProducerRecord<byte[], byte[]> record(SpecificRecord message, int schemaId) {
        return switch (message) {
            case Asset asset -> record(topics.assets(), asset.getId(), asset, schemaId);
            case Instrument instrument -> record(topics.instruments(), instrument.getId(), instrument, schemaId);
            case AccountCommand command -> record(topics.accounts(), command.getAccountId(), command, schemaId);
            case BalanceUpdate update -> record(topics.balanceUpdates(), update.getAccountId(), update, schemaId);
            case OrderCommand command -> record(topics.orders(), command.getAccountId(), command, schemaId);
            case Fill fill -> record(topics.fills(), fill.getAccountId(), fill, schemaId);
            default -> throw new IllegalArgumentException("no input takes a " + message.getSchema());
        };
    }

    /** A producer with an open transaction; the caller closes it. */
    KafkaProducer<byte[], byte[]> beginTransaction(String id) {
        var config = clients();
        config.put("transactional.id", id);
        var transactional = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        transactional.initTransactions();
        transactional.beginTransaction();
        return transactional;
    }

    /** All entries that were committed so far. */
    List<JournalEntry> journal() {
        read();
        return journal;
    }

    /** Where the partitions of the journal end, uncommitted entries included. */
    Map<TopicPartition, Long> journalEnds() {
        var latest =
                partitionsOf(topics.journal()).stream().collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest()));
        return admin
                .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Waits until each partition of the journal has an entry behind these ends. */
    void awaitJournalBehind(Map<TopicPartition, Long> ends) throws InterruptedException {
        awaitUntil(() -> {
            var now = journalEnds();
            return ends.keySet().stream().allMatch(partition -> now.get(partition) > ends.get(partition));
        });
    }

    /** How many dead letters were committed so far. */
    int deadLetters() {
        read();
        return deadLetters;
    }

    /** Waits for an entry of the journal. */
    void awaitEntry(Predicate<JournalEntry> wanted) throws InterruptedException {
        awaitUntil(() -> journal().stream().anyMatch(wanted));
    }

    /** Waits for something that happens within seconds; a minute is in vain. */
    static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("what was waited for did not happen within " + PATIENCE);
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        waits.close();
        streams.close();
        producer.close(Duration.ZERO);
        consumer.close();
        admin.close();
    }

    private void read() {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
            if (record.topic().equals(topics.journal())) {
                journal.add(entryDecoder.decode(record.value()));
            } else {
                deadLetters++;
            }
        }
    }

    private List<TopicPartition> partitionsOf(String... names) {
        return Stream.of(names)
                .flatMap(name -> IntStream.range(0, topics.partitions()).mapToObj(i -> new TopicPartition(name, i)))
                .toList();
    }

    private Settings settings(String name, Path stateFolder, Map<String, String> more) {
        var given = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "topic.prefix",
                name + ".",
                "application.id",
                name,
                "partitions",
                Integer.toString(PARTITIONS),
                "replication.factor",
                "1",
                "num.stream.threads",
                "1",
                "rocksdb.memory.mb",
                "16",
                "state.dir",
                stateFolder.toString()));
        given.putAll(more);
        return Settings.load(SettingsSource.flags(given));
    }

    private Map<String, Object> clients() {
        return new HashMap<>(Map.of("bootstrap.servers", bootstrapServers));
    }

    private Map<String, Object> readCommitted() {
        var config = clients();
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        return config;
    }

    private static <T extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            String topic, String key, T message, int schemaId) {
        @SuppressWarnings("unchecked") // a message is of its own class
        var type = (Class<T>) message.getClass();
        return new ProducerRecord<>(topic, utf8(key), new RecordEncoder<>(type, schemaId).encode(message));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
