package io.bursar.topology.topics;

import io.bursar.topology.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The one place for the names of Bursar's topics and for what they have to be like.
 *
 * @param prefix what every name begins with
 * @param partitions of each topic keyed by account, of the replies, trades and dead letters
 * @param replicationFactor of all topics
 */
public record Topics(String prefix, int partitions, int replicationFactor) {
    /** Timestamps are when the broker appended the record, not what its producer says. */
    static final String BROKERS_CLOCK = "LogAppendTime";

    private static final int MIB = 1_048_576;
    private static final String QUARTER_MS = ms(Duration.ofDays(90));
    private static final String MONTH_MS = ms(Duration.ofDays(30));
    private static final String WEEK_MS = ms(Duration.ofDays(7));
    private static final String HOUR_MS = ms(Duration.ofHours(1));
    private static final String UNLIMITED = "-1";

    /** Kafka deletes whole segments only: with its default of a week, quiet partitions would keep replies that long. */
    private static final String SEGMENT_OF_REPLIES_MS = ms(Duration.ofMinutes(10));

    /** Reference data is small, and every instance reads all of it. */
    private static final int PARTITIONS_OF_REFERENCE_DATA = 1;

    /** Few records, which every instance reads from the first on; the audit is read in the order in which it was written. */
    private static final int PARTITIONS_OF_SECURITY = 1;

    /** What one owner's accounts are to each other, and how many calls a broker bears, is decided in one place. */
    private static final int PARTITIONS_OF_DESK = 1;

    /** The replication factor from which on one broker can be away without stopping writes that need two. */
    private static final int REPLICAS_THAT_SPARE_ONE = 3;

    public static Topics from(Settings settings) {
        return new Topics(
                settings.get(Settings.TOPIC_PREFIX),
                settings.get(Settings.PARTITIONS),
                settings.get(Settings.REPLICATION_FACTOR));
    }

    public String assets() {
        return prefix + "assets";
    }

    public String instruments() {
        return prefix + "instruments";
    }

    public String accounts() {
        return prefix + "accounts";
    }

    public String balanceUpdates() {
        return prefix + "balance-updates";
    }

    public String orders() {
        return prefix + "orders";
    }

    public String fills() {
        return prefix + "fills";
    }

    public String transfers() {
        return prefix + "transfers";
    }

    public String trades() {
        return prefix + "trades";
    }

    public String journal() {
        return prefix + "journal";
    }

    public String replies() {
        return prefix + "replies";
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    public String apiKeys() {
        return prefix + "api-keys";
    }

    public String apiKeyUses() {
        return prefix + "api-key-uses";
    }

    public String audit() {
        return prefix + "audit";
    }

    public String brokerAccounts() {
        return prefix + "broker-accounts";
    }

    public String tokens() {
        return prefix + "tokens";
    }

    public String operations() {
        return prefix + "operations";
    }

    public String tokenRefreshes() {
        return prefix + "token-refreshes";
    }

    public String brokerAccountStates() {
        return prefix + "broker-account-states";
    }

    public String tokenHistory() {
        return prefix + "token-history";
    }

    /** The topics that must have the same number of partitions, because an account has one partition in all of them. */
    public List<String> keyedByAccount() {
        return List.of(accounts(), balanceUpdates(), orders(), fills(), transfers(), journal());
    }

    /** The topics of the ledger on which producers make claims about time, which the broker's clock bounds. */
    public List<String> inputs() {
        return List.of(accounts(), balanceUpdates(), orders(), fills(), transfers(), trades());
    }

    /** The topics from which the desk learns what is asked of it and what has happened. */
    public List<String> deskInputs() {
        return List.of(brokerAccounts(), tokens(), operations());
    }

    /**
     * How many replicas must have a record before it counts as written; for Bursar's changelogs just as for its topics.
     */
    public int minInsyncReplicas() {
        return replicationFactor >= REPLICAS_THAT_SPARE_ONE ? 2 : 1;
    }

    /** All of Bursar's topics, in the order in which data flows. */
    public List<TopicSpec> specs() {
        return List.of(
                referenceData(assets()),
                referenceData(instruments()),
                input(accounts(), MONTH_MS),
                input(balanceUpdates(), MONTH_MS),
                input(orders(), WEEK_MS),
                input(fills(), WEEK_MS),
                // Money on its way must outlast a long stop.
                input(transfers(), MONTH_MS),
                input(trades(), WEEK_MS),
                // An entry holds the whole command that it decides, so it has to be allowed more than an input.
                spec(journal(), partitions, keptForEver(2 * MIB)),
                spec(replies(), partitions, keptBriefly()),
                spec(deadLetters(), partitions, kept(MONTH_MS, 2 * MIB)),
                spec(apiKeys(), PARTITIONS_OF_SECURITY, compacted()),
                spec(apiKeyUses(), PARTITIONS_OF_SECURITY, compacted()),
                spec(audit(), PARTITIONS_OF_SECURITY, kept(QUARTER_MS, MIB)),
                deskInput(brokerAccounts(), MONTH_MS),
                deskInput(tokens(), QUARTER_MS),
                deskInput(operations(), WEEK_MS),
                // Its readers share the work; an attempt that is not taken is offered again.
                spec(tokenRefreshes(), partitions, keptBriefly()),
                spec(brokerAccountStates(), PARTITIONS_OF_DESK, compacted()),
                spec(tokenHistory(), PARTITIONS_OF_DESK, compacted()));
    }

    /** Not compacted: what an id stood for first decides about all that comes later, and compaction would drop it. */
    private TopicSpec referenceData(String name) {
        return spec(name, PARTITIONS_OF_REFERENCE_DATA, keptForEver(MIB));
    }

    private TopicSpec input(String name, String retentionMs) {
        return input(name, partitions, retentionMs);
    }

    private TopicSpec deskInput(String name, String retentionMs) {
        return input(name, PARTITIONS_OF_DESK, retentionMs);
    }

    private TopicSpec input(String name, int partitionCount, String retentionMs) {
        var configs = kept(retentionMs, MIB);
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, BROKERS_CLOCK);
        return spec(name, partitionCount, configs);
    }

    private static Map<String, String> keptForEver(int maxMessageBytes) {
        var configs = kept(UNLIMITED, maxMessageBytes);
        configs.put(TopicConfig.RETENTION_BYTES_CONFIG, UNLIMITED);
        return configs;
    }

    /** The last record of each key is kept for ever. */
    private static Map<String, String> compacted() {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MIB));
        return configs;
    }

    private static Map<String, String> keptBriefly() {
        var configs = kept(HOUR_MS, MIB);
        configs.put(TopicConfig.SEGMENT_MS_CONFIG, SEGMENT_OF_REPLIES_MS);
        return configs;
    }

    private static Map<String, String> kept(String retentionMs, int maxMessageBytes) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.RETENTION_MS_CONFIG, retentionMs);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes));
        return configs;
    }

    private TopicSpec spec(String name, int partitionCount, Map<String, String> configs) {
        Map<String, String> all = new HashMap<>(configs);
        all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(minInsyncReplicas()));
        return new TopicSpec(name, partitionCount, replicationFactor, all);
    }

    private static String ms(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
