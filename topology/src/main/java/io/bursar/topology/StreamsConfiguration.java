package io.bursar.topology;

import io.bursar.processors.store.CommittedStores;
import io.bursar.processors.store.StoreMemory;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Every property that Kafka Streams and its clients get, with what it buys and what it costs. */
public final class StreamsConfiguration {
    private static final int MIB = 1 << 20;

    /** Kafka's own default. */
    private static final int LONGEST_POLL_MS = 100;

    private StreamsConfiguration() {}

    /** For a {@code StreamsConfig}. */
    public static Map<String, Object> of(Settings settings) {
        Map<String, Object> properties = new HashMap<>(settings.kafkaStreams());
        put(properties, settings);
        putProducer(properties, settings);
        putConsumer(properties, settings);
        return properties;
    }

    private static void put(Map<String, Object> properties, Settings settings) {
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.get(Settings.APPLICATION_ID));
        // Offsets, state and journal are committed together or not at all; each commit costs a transaction of the
        // broker's.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, settings.get(Settings.STATE_DIR).toString());
        // Each uses a core, and costs a producer, consumers and transactions of its own.
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.get(Settings.NUM_STREAM_THREADS));
        // Each makes a failover short, and costs disk and the reading of the changelogs once more.
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.get(Settings.NUM_STANDBY_REPLICAS));
        // Every caller who waits for a decision feels it; shorter costs throughput, one transaction each.
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.get(Settings.COMMIT_INTERVAL_MS));
        // A thread commits between two polls: one that waits longer for records would commit later than asked. Idle
        // threads
        // wake up as often.
        properties.put(
                StreamsConfig.POLL_MS_CONFIG, Math.min(LONGEST_POLL_MS, settings.get(Settings.COMMIT_INTERVAL_MS)));
        // Longer makes it likelier that the oldest record of several topics comes first; every record waits for it.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, settings.get(Settings.MAX_TASK_IDLE_MS));
        // Of the changelogs: state outlives so many brokers less one. Each copy costs network and disk.
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.get(Settings.REPLICATION_FACTOR));
        settings.get(Settings.APPLICATION_SERVER)
                .ifPresent(server -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, server));
        // The record cache costs more than it saves once keys are many; the store builder leaves it off as well.
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Generated names would move with the topology, and state with them.
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // More rows are found in memory, and memtables are written to disk less often.
        properties.put(StoreMemory.BYTES_CONFIG, (long) settings.get(Settings.ROCKSDB_MEMORY_MB) * MIB);
        // Stores show only what is committed and survive a killed process; rows of the open transaction cost memory.
        properties.put(CommittedStores.TRANSACTIONS_CONFIG, true);
        // Without it one broker's loss could take a changelog's last writes with it.
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Topics.from(settings).minInsyncReplicas());
    }

    private static void putProducer(Map<String, Object> properties, Settings settings) {
        // Less than Kafka's minute: readers wait so long for a lost instance; brokers away for longer fence a running
        // one.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                settings.get(Settings.TRANSACTION_TIMEOUT_MS));
        // Kafka's 100 ms would add up with short transactions: the next one often asks before the last one has ended. A
        // broker
        // that is in trouble is asked more often.
        putProducerDefault(properties, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 10);
        // A third of the bytes to broker and disk, for little work.
        putProducerDefault(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Journal entries of some hundred bytes fill Kafka's 16 KiB in no time. Each partition that is written holds so
        // much.
        putProducerDefault(properties, ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        // More than Kafka's 1 MiB, and brokers have to allow it: the largest account row; journal and dead letters need
        // 2 MiB of it.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LedgerTopology.MAX_ROW_BYTES);
    }

    /** What was set for all clients is meant for the producer as well; Streams would let the prefixed default win. */
    private static void putProducerDefault(Map<String, Object> properties, String name, Object value) {
        if (!properties.containsKey(name)) {
            properties.putIfAbsent(StreamsConfig.producerPrefix(name), value);
        }
    }

    private static void putConsumer(Map<String, Object> properties, Settings settings) {
        // With the same host and state folder a restart takes seconds instead of a session time-out and a restore.
        settings.get(Settings.GROUP_INSTANCE_ID)
                .ifPresent(id ->
                        properties.put(StreamsConfig.consumerPrefix(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG), id));
        // Less than Kafka's 45 s, because static membership delays a failover by it. A longer pause loses the
        // partitions.
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                settings.get(Settings.SESSION_TIMEOUT_MS));
        // Two may get lost before the session ends, as Kafka advises; each is a small request.
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                settings.get(Settings.SESSION_TIMEOUT_MS) / 3);
    }
}
