package io.bursar.topology;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.DeskCopy;
import io.bursar.processors.AddressedReply;
import io.bursar.processors.RegistryWaits;
import io.bursar.processors.desk.DeskCopyProcessor;
import io.bursar.processors.desk.DeskNodes;
import io.bursar.processors.desk.DeskProcessor;
import io.bursar.processors.desk.DeskSettings;
import io.bursar.processors.desk.OfferedCall;
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
        LedgerTopology.addGlobal(
                topology,
                DeskNodes.STATES_STORE,
                topics.brokerAccountStates(),
                () -> DeskCopyProcessor.states(copy, registry, waits, metrics));
        LedgerTopology.addGlobal(
                topology,
                DeskNodes.HISTORY_STORE,
                topics.tokenHistory(),
                () -> DeskCopyProcessor.history(copy, registry, waits, metrics));
        LedgerTopology.addSource(topology, SOURCE, topics.brokerAccounts(), topics.tokens(), topics.operations());
        topology.addProcessor(DESK, () -> new DeskProcessor(settings, registry, metrics), SOURCE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(DeskProcessor.rows(), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled(),
                DESK);
        LedgerTopology.addSink(topology, DeskNodes.STATES, topics.brokerAccountStates(), DESK);
        topology.addSink(
                DeskNodes.CALLS,
                topics.tokenRefreshes(),
                new ByteArraySerializer(),
                OfferedCall.serializer(),
                OfferedCall.partitioner(),
                DESK);
        LedgerTopology.addSink(topology, DeskNodes.REFRESHES, topics.tokenHistory(), DESK);
        LedgerTopology.addSink(topology, DeskNodes.EVENTS, topics.tokens(), DESK);
        LedgerTopology.addSink(topology, DeskNodes.DEAD_LETTERS, topics.deadLetters(), DESK);
        topology.addSink(
                DeskNodes.REPLIES,
                topics.replies(),
                new ByteArraySerializer(),
                AddressedReply.serializer(),
                AddressedReply.partitioner(),
                DESK);
        return copy;
    }
}
