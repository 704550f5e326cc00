package io.bursar.topology;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.desk.DeskCopy;
import io.bursar.ledger.ReferenceData;
import io.bursar.processors.RegistryWaits;
import io.bursar.processors.store.StoreMemory;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.topology.commands.CommandGateway;
import io.bursar.topology.commands.RefreshCalls;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.PartitionCounts;
import io.bursar.topology.topics.TopicAdmin;
import io.bursar.topology.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the application: checks topics and schemas, runs the topology, answers queries. After a fatal
 * exception it must not go on within the same process, so the owner says how to end that. Can be asked by any thread;
 * started and closed by one.
 */
public final class Bursar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bursar.class);

    private final Settings settings;
    private final MetricRegistry metrics;
    private final Function<String, BrokerLimits> limits;
    private final Runnable onFatal;
    private final PartitionCounts partitions;
    private final SchemaRegistry registry;
    private final RegistryWaits waits = new RegistryWaits();
    private volatile LedgerStreams streams;
    private volatile CommandGateway commands;

    /**
     * Makes an instance that does not run yet.
     *
     * @param limits of the calls to a broker, by its id; the same at all instances
     * @param onFatal ends the process; its supervisor starts it again
     * @throws io.bursar.topology.topics.TopicsException when topics are missing or do not fit together
     */
    public Bursar(Settings settings, MetricRegistry metrics, Function<String, BrokerLimits> limits, Runnable onFatal) {
        this.settings = settings;
        LOG.info("the settings are{}{}", System.lineSeparator(), settings);
        this.metrics = metrics;
        this.limits = limits;
        this.onFatal = onFatal;
        partitions = check(settings);
        registry = Registries.of(settings);
        metrics.register("rocksdb_memory_bytes", (Gauge<Long>) StoreMemory::usedBytes);
        metrics.register("registry_waiting_partitions", (Gauge<Integer>)
                () -> waitingForRegistry().size());
    }

    /**
     * Joins the group; the stores are there some time later, see {@link #isReady}. Waits for the schema registry as long
     * as it cannot be reached, see {@link #waitingForRegistry}; an interrupt ends that, as any other exception, and then
     * all that is left to do is to close.
     *
     * @throws io.bursar.schemas.serde.IncompatibleSchemaException when the registry refuses a schema of this version
     * @throws RuntimeException when it cannot start or the thread is interrupted
     */
    public void start() {
        commands = new CommandGateway(settings, partitions.replies(), registry);
        streams = new LedgerStreams(settings, partitions, limits, registry, waits, metrics, onFatal);
        streams.start();
    }

    /** Whether every partition that this instance has can be queried. */
    public boolean isReady() {
        return state().equals(KafkaStreams.State.RUNNING.name());
    }

    /**
     * STARTING, then the state of the stream threads in Kafka's words: REBALANCING, RUNNING, PENDING_SHUTDOWN, …; CUT_OFF
     * instead of RUNNING when the group has not been reached for so long that others may do the work of this instance.
     */
    public String state() {
        var started = streams;
        if (started == null) {
            return "STARTING";
        }
        var state = started.state();
        return state == KafkaStreams.State.RUNNING && started.isCutOff() ? "CUT_OFF" : state.name();
    }

    /** What waits because the schema registry cannot be reached, a partition or the start, each with the reason. */
    public Set<String> waitingForRegistry() {
        return waits.waiting();
    }

    /**
     * Reads from the stores.
     *
     * @throws UnavailableException before there are any
     */
    public LedgerQueries queries() {
        return started().queries();
    }

    /**
     * Sends commands through the log.
     *
     * @throws UnavailableException before that can be done
     */
    public CommandGateway commands() {
        var gateway = commands;
        if (gateway == null) {
            throw new UnavailableException("this instance is STARTING and takes no commands yet");
        }
        return gateway;
    }

    /**
     * The assets and instruments as far as they have come; thread-safe.
     *
     * @throws UnavailableException before those have come that there were when it started
     */
    public ReferenceData reference() {
        return started().reference();
    }

    /**
     * All assets as far as they have come, by their ids.
     *
     * @throws UnavailableException before those have come that there were when it started
     */
    public List<Asset> assets() {
        return started().reference().assets();
    }

    /**
     * All instruments as far as they have come, by their ids.
     *
     * @throws UnavailableException before those have come that there were when it started
     */
    public List<Instrument> instruments() {
        return started().reference().instruments();
    }

    /**
     * The broker accounts as far as they have come; thread-safe.
     *
     * @throws UnavailableException before those have come that there were when it started
     */
    public DeskCopy desk() {
        return started().desk();
    }

    /**
     * Follows the journal for one account, which any instance can. The caller closes it, before this.
     *
     * @param after the offset of the entry after which it begins, -1 to begin with the first entry of all; empty to begin
     *     with what is committed from now on
     * @throws IllegalArgumentException when the journal's partition is not so long
     * @throws UnavailableException when the brokers do not answer
     */
    public AccountJournal journalOf(String accountId, OptionalLong after) {
        return JournalPartition.open(settings, registry, partitions.accounts(), accountId, after);
    }

    /**
     * Takes part in the refreshing of tokens. The caller closes it, before this.
     *
     * @param worker gets the attempts that are offered to this instance; see {@link RefreshCalls}
     */
    public RefreshCalls refreshCalls(Consumer<TokenRefreshCall> worker) {
        return new RefreshCalls(settings, registry, worker);
    }

    /** Bursar's own metrics. */
    public MetricRegistry metrics() {
        return metrics;
    }

    /** The metrics of Kafka Streams and its clients; none before there are any. */
    public Map<MetricName, ? extends Metric> streamsMetrics() {
        var started = streams;
        return started == null ? Map.of() : started.metrics();
    }

    /** The settings it runs with. */
    public Settings settings() {
        return settings;
    }

    /** Commits, leaves its stores in good order, and stops. */
    @Override
    public void close() {
        waits.close();
        if (commands != null) {
            commands.close();
        }
        if (streams != null) {
            streams.close();
        }
        registry.close();
    }

    private LedgerStreams started() {
        var started = streams;
        if (started == null) {
            throw new UnavailableException("this instance is STARTING and answers no queries yet");
        }
        return started;
    }

    private static PartitionCounts check(Settings settings) {
        try (var admin = Admin.create(settings.kafkaAdmin())) {
            return new TopicAdmin(admin, Topics.from(settings)).checkForStart();
        }
    }
}
