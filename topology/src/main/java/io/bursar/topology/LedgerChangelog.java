package io.bursar.topology;

import io.bursar.processors.Nodes;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The changelog of the ledger store, from which Kafka Streams restores it. */
public final class LedgerChangelog {
    private LedgerChangelog() {}

    /** Its name; no other application has one like it. */
    public static String name(Settings settings) {
        return settings.get(Settings.APPLICATION_ID) + "-" + Nodes.LEDGER_STORE + "-changelog";
    }

    /**
     * The topic as Kafka Streams would make it.
     *
     * @param partitions of the topics keyed by account
     */
    public static NewTopic topic(Settings settings, int partitions) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LedgerTopology.MAX_ROW_BYTES));
        configs.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(Topics.from(settings).minInsyncReplicas()));
        StreamsConfiguration.of(settings).forEach((name, value) -> {
            if (name.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                configs.put(name.substring(StreamsConfig.TOPIC_PREFIX.length()), value.toString());
            }
        });
        short replicas = settings.get(Settings.REPLICATION_FACTOR).shortValue();
        return new NewTopic(name(settings), partitions, replicas).configs(configs);
    }
}
