package io.bursar.scenarios;

import com.codahale.metrics.MetricRegistry;
import io.bursar.cli.scenario.Message;
import io.bursar.cli.scenario.Scenario;
import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.cli.scenario.Stage;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.LedgerRules;
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
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.topology.LedgerTopology;
import io.bursar.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology as it runs, on Kafka's driver for tests. After each step the stores are held against what the journal
 * adds up to.
 */
final class TopologyStage implements Stage {
    private static final long STORE_BYTES = 32L << 20;

    /** How often the timer looks while it is idle; the driver's clock has to pass that for it to look at all. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    private final Path folder;
    private int begun;

    /** @param folder for the state of each scenario; who makes it deletes it */
    TopologyStage(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "topology";
    }

    @Override
    public boolean setsTheClock() {
        return true;
    }

    @Override
    public Play begin(Scenario scenario) {
        begun++;
        return new TopologyPlay(folder.resolve("scenario-" + begun));
    }

    @Override
    public void close() {
        // Each play closes its own driver.
    }

    private static final class TopologyPlay implements Play {
        private static final Topics TOPICS = new Topics("bursar.", 1, 1);

        private final MemoryRegistry registry = new MemoryRegistry();
        private final TopologyTestDriver driver;
        private final TestInputTopic<String, Asset> assets;
        private final TestInputTopic<String, Instrument> instruments;
        private final TestInputTopic<String, AccountCommand> accounts;
        private final TestInputTopic<String, BalanceUpdate> balanceUpdates;
        private final TestInputTopic<String, OrderCommand> orders;
        private final TestInputTopic<String, Fill> fills;
        private final TestInputTopic<String, Trade> trades;
        private final TestOutputTopic<String, JournalEntry> journal;
        private final TestOutputTopic<String, Reply> replies;
        private final TestOutputTopic<byte[], byte[]> deadLetters;
        private final Map<String, FoldedAccount> folded = new HashMap<>();
        private Instant lastLook = Scenario.START;
        private Instant wallClock = Scenario.START;

        TopologyPlay(Path stateFolder) {
            var topology = new LedgerTopology(
                            TOPICS,
                            settings(),
                            registry,
                            new RegistryWaits(),
                            InputProgress.ALWAYS_CAUGHT_UP,
                            new MetricRegistry())
                    .build();
            var properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "scenarios");
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
            properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
            properties.put(StoreMemory.BYTES_CONFIG, STORE_BYTES);
            driver = new TopologyTestDriver(topology, properties, Scenario.START);
            assets = input(TOPICS.assets(), Asset.class);
            instruments = input(TOPICS.instruments(), Instrument.class);
            accounts = input(TOPICS.accounts(), AccountCommand.class);
            balanceUpdates = input(TOPICS.balanceUpdates(), BalanceUpdate.class);
            orders = input(TOPICS.orders(), OrderCommand.class);
            fills = input(TOPICS.fills(), Fill.class);
            trades = input(TOPICS.trades(), Trade.class);
            journal = driver.createOutputTopic(
                    TOPICS.journal(), new StringDeserializer(), new AvroDeserializer<>(JournalEntry.class, registry));
            replies = driver.createOutputTopic(
                    TOPICS.replies(), new StringDeserializer(), new AvroDeserializer<>(Reply.class, registry));
            deadLetters = driver.createOutputTopic(TOPICS.deadLetters(), (topic, key) -> key, (topic, value) -> value);
        }

        @Override
        public void list(Asset asset) {
            assets.pipeInput(asset.getId(), asset);
        }

        @Override
        public void list(Instrument instrument) {
            instruments.pipeInput(instrument.getId(), instrument);
        }

        @Override
        public Observed send(Message message, Instant receivedAt) {
            switch (message) {
                case Message.ToAccounts(var command) -> pipe(accounts, command.getAccountId(), command, receivedAt);
                case Message.ToBalanceUpdates(var update) ->
                    pipe(balanceUpdates, update.getAccountId(), update, receivedAt);
                case Message.ToOrders(var command) -> pipe(orders, command.getAccountId(), command, receivedAt);
                case Message.ToFills(var fill) -> pipe(fills, fill.getAccountId(), fill, receivedAt);
                case Message.ToTrades(var trade) -> pipe(trades, trade.getInstrument(), trade, receivedAt);
            }
            return observed();
        }

        @Override
        public Observed notice(Instant now) {
            var earliest = lastLook.plus(BETWEEN_LOOKS);
            var look = now.isAfter(earliest) ? now : earliest;
            // The driver's clock counts milliseconds: a deadline has passed for it when the millisecond has.
            var to = Instant.ofEpochMilli(look.plusNanos(999_999).toEpochMilli());
            driver.advanceWallClockTime(Duration.between(wallClock, to));
            wallClock = to;
            lastLook = to;
            return observed();
        }

        @Override
        public List<Difference> audit() {
            return List.of();
        }

        @Override
        public void close() {
            driver.close();
        }

        private <T extends SpecificRecord> TestInputTopic<String, T> input(String topic, Class<T> type) {
            return driver.createInputTopic(topic, new StringSerializer(), new AvroSerializer<>(type, registry));
        }

        private static <T> void pipe(TestInputTopic<String, T> topic, String key, T value, Instant receivedAt) {
            var headers = new RecordHeaders();
            headers.add("bursar-reply-to", "0".getBytes(StandardCharsets.UTF_8));
            topic.pipeInput(new TestRecord<>(key, value, headers, receivedAt));
        }

        private Observed observed() {
            if (!deadLetters.isEmpty()) {
                throw new AssertionError("dead letter: " + deadLetters.readRecord());
            }
            var entries = journal.readValuesToList();
            for (var entry : entries) {
                folded.computeIfAbsent(entry.getAccountId(), FoldedAccount::new).apply(entry);
            }
            compareWithStores();
            var told = replies.readValuesToList();
            return new Observed(entries, told.isEmpty() ? Optional.empty() : Optional.of(told(told.getFirst())));
        }

        private static Told told(Reply reply) {
            var reason = reply.getReason() == null ? "" : reply.getReason();
            return new Told(reply.getAccepted(), reason, reply.getSequence(), reply.getRepeated());
        }

        /** Folding the journal from empty gives exactly the state in the stores. */
        private void compareWithStores() {
            var reader = new LedgerReader(driver.getKeyValueStore(Nodes.LEDGER_STORE));
            for (var account : folded.values()) {
                var id = account.account().getAccountId();
                compare(account.account(), reader.account(id));
                compare(List.copyOf(account.suspendedFills()), reader.suspendedFills(id, Integer.MAX_VALUE));
                for (var order : account.orders()) {
                    var stored = reader.order(id, order.getOrderId());
                    if (stored != null || order.getClosedAt() == null) {
                        compare(order, stored);
                    }
                }
            }
        }

        private static void compare(Object ofJournal, Object stored) {
            if (!ofJournal.equals(stored)) {
                throw new AssertionError("the journal says " + ofJournal + ", the store " + stored);
            }
        }

        private LedgerSettings settings() {
            var inputs = new InputTopics(
                    TOPICS.accounts(),
                    TOPICS.balanceUpdates(),
                    TOPICS.orders(),
                    TOPICS.fills(),
                    TOPICS.transfers(),
                    TOPICS.trades(),
                    1,
                    1);
            return new LedgerSettings(
                    inputs,
                    1,
                    registry.idOf(TOPICS.journal(), JournalEntry.getClassSchema()),
                    registry.idOf(TOPICS.replies(), Reply.getClassSchema()),
                    registry.idOf(TOPICS.fills(), Fill.getClassSchema()),
                    registry.idOf(TOPICS.transfers(), TransferMessage.getClassSchema()),
                    LedgerRules.DEFAULT,
                    ExpiryClock.WALL);
        }
    }
}
