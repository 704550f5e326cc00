package io.bursar.topology;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.DeskCopy;
import io.bursar.processors.BadRecordException;
import io.bursar.processors.CopyProcessor;
import io.bursar.processors.RegistryWaits;
import io.bursar.processors.desk.DeskNodes;
import io.bursar.processors.desk.DeskProcessor;
import io.bursar.processors.desk.DeskSettings;
import io.bursar.processors.desk.OfferedCall;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.topology.topics.Topics;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code broker-accounts, tokens, operations → DeskProcessor → broker-account-states, token-refreshes, token-history,
 * tokens, replies}, with dead letters beside it; every instance has a copy of the accounts and of the history.
 */
public final class DeskTopology {
    private static final String SOURCE = "desk-inputs";
    private static final String DESK = "desk-processor";

    private final Topics topics;
    private final DeskSettings settings;
    private final SchemaRegistry registry;
    private final RegistryWaits waits;
    private final MetricRegistry metrics;
    private final DeskCopy copy = new DeskCopy();

    /** The desk of one instance, or of one test. */
    public DeskTopology(
            Topics topics,
            DeskSettings settings,
            SchemaRegistry registry,
            RegistryWaits waits,
            MetricRegistry metrics) {
        this.topics = topics;
        this.settings = settings;
        this.registry = registry;
        this.waits = waits;
        this.metrics = metrics;
    }

    /** Adds it behind what is there, whose tasks keep their numbers; gives the copy, which fills once it runs. */
    public DeskCopy addTo(Topology topology) {
        addCopies(topology);
        TopologyNodes.addSource(topology, SOURCE, topics.brokerAccounts(), topics.tokens(), topics.operations());
        topology.addProcessor(DESK, () -> new DeskProcessor(settings, registry, metrics), SOURCE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(DeskProcessor.rows(), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled(),
                DESK);
        TopologyNodes.addSink(topology, DeskNodes.STATES, topics.brokerAccountStates(), DESK);
        topology.addSink(
                DeskNodes.CALLS,
                topics.tokenRefreshes(),
                new ByteArraySerializer(),
                OfferedCall.serializer(),
                OfferedCall.partitioner(),
                DESK);
        TopologyNodes.addSink(topology, DeskNodes.REFRESHES, topics.tokenHistory(), DESK);
        TopologyNodes.addSink(topology, DeskNodes.EVENTS, topics.tokens(), DESK);
        TopologyNodes.addSink(topology, DeskNodes.DEAD_LETTERS, topics.deadLetters(), DESK);
        TopologyNodes.addReplies(topology, DeskNodes.REPLIES, topics.replies(), DESK);
        return copy;
    }

    private void addCopies(Topology topology) {
        var refused = metrics.counter("desk_copy_records_refused_total");
        TopologyNodes.addGlobal(
                topology,
                DeskNodes.STATES_STORE,
                topics.brokerAccountStates(),
                () -> new CopyProcessor<>(
                        DeskNodes.STATES_STORE,
                        new RecordDecoder<>(BrokerAccount.class, registry),
                        (key, account) -> copy.putAccount(required(key), account),
                        waits,
                        refused));
        TopologyNodes.addGlobal(
                topology,
                DeskNodes.HISTORY_STORE,
                topics.tokenHistory(),
                () -> new CopyProcessor<>(
                        DeskNodes.HISTORY_STORE,
                        new RecordDecoder<>(TokenRefresh.class, registry),
                        (key, refresh) -> copy.putRefresh(required(key), refresh),
                        waits,
                        refused));
    }

    private static String required(String key) throws BadRecordException {
        if (key == null) {
            throw new BadRecordException("the key is missing");
        }
        return key;
    }
}
