package io.bursar.topology;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.desk.DeskCopy;
import io.bursar.processors.InputTopics;
import io.bursar.processors.LedgerSettings;
import io.bursar.processors.ReferenceTables;
import io.bursar.processors.RegistryWaitEndedException;
import io.bursar.processors.RegistryWaits;
import io.bursar.processors.desk.DeskSettings;
import io.bursar.processors.desk.DeskTopics;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.Fill;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Reply;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.PartitionCounts;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology on Kafka Streams, with the consumers that hold records back and the queries. */
final class LedgerStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final InputGate gate;
    private final ReferenceTables reference;
    private final DeskCopy desk;
    private final GroupContact contact;
    private final KafkaStreams streams;
    private final LedgerQueries queries;
    private volatile boolean hasReferenceData;

    /**
     * Waits for the schema registry as long as it cannot be reached.
     *
     * @param partitions that the topics really have
     * @param limits of the calls to a broker, by its id
     * @param registry stays the caller's, who closes it after this
     * @param waits stays the caller's, who closes it before this
     * @param onFatal is run after an exception on which a stream thread cannot go on
     */
    LedgerStreams(
            Settings settings,
            PartitionCounts partitions,
            Function<String, BrokerLimits> limits,
            SchemaRegistry registry,
            RegistryWaits waits,
            MetricRegistry metrics,
            Runnable onFatal) {
        var topics = Topics.from(settings);
        var ledgerSettings = waits.untilAnswered("start", () -> ledgerSettings(settings, topics, partitions, registry));
        var deskSettings =
                waits.untilAnswered("start", () -> deskSettings(settings, topics, partitions, limits, registry));
        gate = new InputGate(registry, waits);
        var ends = new InputEnds();
        var ledger = new LedgerTopology(topics, ledgerSettings, registry, waits, ends, metrics);
        reference = ledger.reference();
        var topology = ledger.build();
        desk = new DeskTopology(topics, deskSettings, registry, waits, metrics).addTo(topology);
        var properties = new Properties();
        properties.putAll(StreamsConfiguration.of(settings));
        contact = new GroupContact(Duration.ofMillis(settings.get(Settings.SESSION_TIMEOUT_MS)));
        streams = new KafkaStreams(topology, properties, new ClientSupplier(gate, ends, contact));
        streams.setUncaughtExceptionHandler(failure -> end(failure, onFatal));
        queries = new LedgerQueries(
                streams,
                contact,
                settings.get(Settings.APPLICATION_SERVER),
                partitions.accounts(),
                reference,
                ledgerSettings.rules());
    }

    /** Returns when assets and instruments have come; the threads join the group after that. */
    void start() {
        streams.start();
        hasReferenceData = true;
    }

    KafkaStreams.State state() {
        return streams.state();
    }

    /** Whether this instance has not reached its group for so long that others may do its work. */
    boolean isCutOff() {
        return contact.isLost();
    }

    LedgerQueries queries() {
        return queries;
    }

    /**
     * The assets and instruments.
     *
     * @throws UnavailableException before those have come that there were at the start: what is missing until then is not
     *     unknown
     */
    ReferenceTables reference() {
        if (!hasReferenceData) {
            throw new UnavailableException("this instance has not read all assets and instruments yet");
        }
        return reference;
    }

    /**
     * The broker accounts.
     *
     * @throws UnavailableException before those have come that there were at the start
     */
    DeskCopy desk() {
        if (!hasReferenceData) {
            throw new UnavailableException("this instance has not read all broker accounts yet");
        }
        return desk;
    }

    Map<MetricName, ? extends Metric> metrics() {
        return streams.metrics();
    }

    /** Commits, leaves the stores in good order, and stops. */
    @Override
    public void close() {
        if (!streams.close(CLOSE_TIMEOUT)) {
            LOG.warn("the stream threads did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
        }
        gate.close();
    }

    private static StreamThreadExceptionResponse end(Throwable failure, Runnable onFatal) {
        if (!RegistryWaitEndedException.isCauseOf(failure)) {
            LOG.error("this instance cannot go on and ends", failure);
            onFatal.run();
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static LedgerSettings ledgerSettings(
            Settings settings, Topics topics, PartitionCounts partitions, SchemaRegistry registry) {
        return new LedgerSettings(
                inputTopics(topics, partitions),
                partitions.replies(),
                idOf(topics.journal(), JournalEntry.getClassSchema(), registry),
                idOf(topics.replies(), Reply.getClassSchema(), registry),
                idOf(topics.fills(), Fill.getClassSchema(), registry),
                idOf(topics.transfers(), TransferMessage.getClassSchema(), registry),
                settings.ledgerRules(),
                settings.get(Settings.EXPIRY_CLOCK));
    }

    private static DeskSettings deskSettings(
            Settings settings,
            Topics topics,
            PartitionCounts partitions,
            Function<String, BrokerLimits> limits,
            SchemaRegistry registry) {
        return new DeskSettings(
                new DeskTopics(topics.brokerAccounts(), topics.tokens(), topics.operations()),
                partitions.replies(),
                idOf(topics.brokerAccountStates(), BrokerAccount.getClassSchema(), registry),
                idOf(topics.tokenRefreshes(), TokenRefreshCall.getClassSchema(), registry),
                idOf(topics.tokenHistory(), TokenRefresh.getClassSchema(), registry),
                idOf(topics.tokens(), TokenEvent.getClassSchema(), registry),
                idOf(topics.replies(), Reply.getClassSchema(), registry),
                settings.deskRules(limits));
    }

    private static int idOf(String topic, Schema schema, SchemaRegistry registry) {
        return registry.idOf(topic + "-value", schema);
    }

    private static InputTopics inputTopics(Topics topics, PartitionCounts partitions) {
        return new InputTopics(
                topics.accounts(),
                topics.balanceUpdates(),
                topics.orders(),
                topics.fills(),
                topics.transfers(),
                topics.trades(),
                partitions.accounts(),
                partitions.trades());
    }
}
