package io.bursar.topology;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.processors.InputTopics;
import io.bursar.processors.LedgerSettings;
import io.bursar.schemas.Fill;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Reply;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.SchemaRegistryClient;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.PartitionCounts;
import io.bursar.topology.topics.TopicAdmin;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the application: checks topics and schemas, runs the topology, answers queries. After a fatal
 * exception it must not go on within the same process, so the owner says how to end that.
 */
public final class Bursar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bursar.class);
    private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final Settings settings;
    private final MetricRegistry metrics;
    private final SchemaRegistry registry;
    private final InputGate gate;
    private final ReferenceData reference;
    private final KafkaStreams streams;
    private final LedgerQueries queries;

    /**
     * Makes an instance that does not run yet. Waits for the schema registry as long as it cannot be reached, and says so
     * in the log.
     *
     * @param onFatal ends the process; its supervisor starts it again
     * @throws io.bursar.topology.topics.TopicsException when topics are missing or do not fit together
     * @throws io.bursar.schemas.serde.IncompatibleSchemaException when the registry refuses a schema of this version
     */
    public Bursar(Settings settings, MetricRegistry metrics, Runnable onFatal) {
        this.settings = settings;
        this.metrics = metrics;
        var topics = Topics.from(settings);
        var partitions = check(settings, topics);
        registry = registry(settings);
        gate = new InputGate(registry);
        var ends = new InputEnds();
        var rules = rules(settings);
        var ledgerSettings = new LedgerSettings(
                inputTopics(topics, partitions),
                partitions.replies(),
                schemaId(topics.journal(), JournalEntry.getClassSchema()),
                schemaId(topics.replies(), Reply.getClassSchema()),
                schemaId(topics.fills(), Fill.getClassSchema()),
                rules,
                settings.get(Settings.EXPIRY_CLOCK));
        var ledgerTopology = new LedgerTopology(topics, ledgerSettings, registry, ends, metrics);
        reference = ledgerTopology.reference();
        var properties = new Properties();
        properties.putAll(StreamsConfiguration.of(settings));
        streams = new KafkaStreams(ledgerTopology.build(), properties, new ClientSupplier(gate, ends));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("this instance cannot go on and ends", failure);
            onFatal.run();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        queries = new LedgerQueries(streams, settings.get(Settings.APPLICATION_SERVER), partitions.accounts(), rules);
        metrics.register("registry_waiting_partitions", (Gauge<Integer>)
                () -> waitingForRegistry().size());
    }

    /** Joins the group; the stores are there some time later, see {@link #isReady}. */
    public void start() {
        streams.start();
    }

    /** Whether every partition that this instance has can decide and be queried. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** The state of the stream threads in Kafka's words: CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, … */
    public String state() {
        return streams.state().name();
    }

    /** The partitions that wait because the schema registry cannot be reached, each with the reason. */
    public Set<String> waitingForRegistry() {
        return gate.waitingPartitions();
    }

    /** Reads from the stores. */
    public LedgerQueries queries() {
        return queries;
    }

    /** The assets and instruments as far as they have come; thread-safe. */
    public ReferenceData reference() {
        return reference;
    }

    /** Bursar's own metrics. */
    public MetricRegistry metrics() {
        return metrics;
    }

    /** The metrics of Kafka Streams and its clients. */
    public Map<MetricName, ? extends Metric> streamsMetrics() {
        return streams.metrics();
    }

    /** The settings it runs with. */
    public Settings settings() {
        return settings;
    }

    /** Commits, leaves its stores in good order, and stops. */
    @Override
    public void close() {
        if (!streams.close(CLOSE_TIMEOUT)) {
            LOG.warn("the stream threads did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
        }
        gate.close();
        registry.close();
    }

    private static PartitionCounts check(Settings settings, Topics topics) {
        try (var admin = Admin.create(settings.kafkaAdmin())) {
            return new TopicAdmin(admin, topics).checkForStart();
        }
    }

    private static SchemaRegistry registry(Settings settings) {
        Map<String, Object> properties = new HashMap<>(settings.schemaRegistry());
        properties.put(Settings.SCHEMA_REGISTRY_URL.name(), settings.get(Settings.SCHEMA_REGISTRY_URL));
        properties.put(Settings.AUTO_REGISTER_SCHEMAS.name(), settings.get(Settings.AUTO_REGISTER_SCHEMAS));
        return new SchemaRegistryClient(properties);
    }

    private int schemaId(String topic, Schema schema) {
        while (true) {
            try {
                return registry.idOf(topic + "-value", schema);
            } catch (RegistryUnavailableException e) {
                LOG.warn("the start waits for the schema registry: {}", e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(REGISTRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the schema registry", e);
        }
    }

    private static InputTopics inputTopics(Topics topics, PartitionCounts partitions) {
        return new InputTopics(
                topics.accounts(),
                topics.balanceUpdates(),
                topics.orders(),
                topics.fills(),
                topics.trades(),
                partitions.accounts(),
                partitions.trades());
    }

    private static LedgerRules rules(Settings settings) {
        return new LedgerRules(
                Duration.ofDays(settings.get(Settings.RETENTION_ORDERS_DAYS)),
                Duration.ofDays(settings.get(Settings.RETENTION_COMMANDS_DAYS)),
                Duration.ofMillis(settings.get(Settings.FUTURE_TOLERANCE_MS)),
                LedgerRules.DEFAULT.earlyFillTolerance(),
                Duration.ofDays(settings.get(Settings.DEFAULT_EXPIRY_DAYS)),
                Duration.ofDays(settings.get(Settings.MAX_EXPIRY_DAYS)),
                LedgerRules.DEFAULT.mostOpenOrders());
    }
}
