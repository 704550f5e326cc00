package io.bursar.topology;

import com.codahale.metrics.MetricRegistry;
import io.bursar.processors.CopyProcessor;
import io.bursar.processors.InputProgress;
import io.bursar.processors.LedgerMetrics;
import io.bursar.processors.LedgerProcessor;
import io.bursar.processors.LedgerSettings;
import io.bursar.processors.Nodes;
import io.bursar.processors.ReferenceTables;
import io.bursar.processors.RegistryWaits;
import io.bursar.processors.TradeSplitter;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.topology.topics.Topics;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code trades → TradeSplitter → fills} and {@code accounts, balance-updates, orders, fills, transfers →
 * LedgerProcessor → journal, transfers, replies}, with dead letters beside both; assets and instruments are global.
 */
public final class LedgerTopology {
    private static final String TRADES_SOURCE = "trades";
    private static final String SPLITTER = "trade-splitter";
    private static final String COMMANDS_SOURCE = "commands";
    private static final String LEDGER = "ledger-processor";

    /**
     * An account is one record of the changelog: its row grows with the number of its balances and positions, by some
     * hundred bytes each, and the topic's default of 1 MiB would stop the task of an account with ten thousand.
     */
    static final int MAX_ROW_BYTES = 16 << 20;

    private final Topics topics;
    private final LedgerSettings settings;
    private final SchemaRegistry registry;
    private final ReferenceTables reference = new ReferenceTables();
    private final RegistryWaits waits;
    private final InputProgress progress;
    private final MetricRegistry metricRegistry;
    private final LedgerMetrics metrics;

    /** The topology of one instance, or of one test. */
    public LedgerTopology(
            Topics topics,
            LedgerSettings settings,
            SchemaRegistry registry,
            RegistryWaits waits,
            InputProgress progress,
            MetricRegistry metricRegistry) {
        this.topics = topics;
        this.settings = settings;
        this.registry = registry;
        this.waits = waits;
        this.progress = progress;
        this.metricRegistry = metricRegistry;
        this.metrics = new LedgerMetrics(metricRegistry);
    }

    /** The assets and instruments, once the topology runs. */
    public ReferenceTables reference() {
        return reference;
    }

    /** Builds it; values are bytes all the way, so that a registry outage stalls a task instead of failing it. */
    public Topology build() {
        var topology = new Topology();
        addReferenceData(topology);
        addTradeSplitter(topology);
        addLedger(topology);
        return topology;
    }

    private void addReferenceData(Topology topology) {
        var refused = metricRegistry.counter("reference_records_refused_total");
        TopologyNodes.addGlobal(
                topology,
                Nodes.ASSETS_STORE,
                topics.assets(),
                () -> new CopyProcessor<>(
                        Nodes.ASSETS_STORE,
                        new RecordDecoder<>(Asset.class, registry),
                        reference::takeAsset,
                        waits,
                        refused));
        TopologyNodes.addGlobal(
                topology,
                Nodes.INSTRUMENTS_STORE,
                topics.instruments(),
                () -> new CopyProcessor<>(
                        Nodes.INSTRUMENTS_STORE,
                        new RecordDecoder<>(Instrument.class, registry),
                        reference::takeInstrument,
                        waits,
                        refused));
    }

    private void addTradeSplitter(Topology topology) {
        TopologyNodes.addSource(topology, TRADES_SOURCE, topics.trades());
        topology.addProcessor(SPLITTER, () -> new TradeSplitter(settings, registry, metrics), TRADES_SOURCE);
        TopologyNodes.addSink(topology, Nodes.TRADE_FILLS, topics.fills(), SPLITTER);
        TopologyNodes.addSink(topology, Nodes.TRADE_DEAD_LETTERS, topics.deadLetters(), SPLITTER);
    }

    private void addLedger(Topology topology) {
        TopologyNodes.addSource(
                topology,
                COMMANDS_SOURCE,
                topics.accounts(),
                topics.balanceUpdates(),
                topics.orders(),
                topics.fills(),
                topics.transfers());
        topology.addProcessor(
                LEDGER, () -> new LedgerProcessor(settings, registry, reference, progress, metrics), COMMANDS_SOURCE);
        topology.addStateStore(ledgerStore(), LEDGER);
        TopologyNodes.addSink(topology, Nodes.JOURNAL, topics.journal(), LEDGER);
        TopologyNodes.addSink(topology, Nodes.TRANSFERS, topics.transfers(), LEDGER);
        TopologyNodes.addSink(topology, Nodes.DEAD_LETTERS, topics.deadLetters(), LEDGER);
        TopologyNodes.addReplies(topology, Nodes.REPLIES, topics.replies(), LEDGER);
    }

    /** The record cache of Streams is off: with many accounts it costs more than it saves. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> ledgerStore() {
        return Stores.keyValueStoreBuilder(LedgerProcessor.rows(), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_ROW_BYTES)));
    }
}
