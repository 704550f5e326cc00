package io.bursar.topology.settings;

import io.bursar.processors.store.CommittedStores;
import io.bursar.processors.store.StoreMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of Kafka's clients that are Bursar's own affair, because its guarantees rest on them. */
final class KafkaRefusals {
    private static final String EXACTLY_ONCE =
            "Bursar commits offsets, state and journal in one transaction (exactly_once_v2)";
    private static final String READS_COMMITTED =
            "Bursar reads only what was committed (read_committed), or it would decide on transactions that are aborted";
    private static final String OWN_GROUP = "the group is application.id, its members group.instance.id";
    private static final String OWN_PROTOCOL =
            "Bursar needs static membership and its own client wrapper, which only the classic protocol has";
    private static final String OWN_FORMAT = "how keys, values and times are read and written is Bursar's contract";
    private static final String OWN_PARTITIONING =
            "the partition of an account follows from its id, or one account would have two ledgers";
    private static final String OWN_ERROR_HANDLING =
            "Bursar itself decides what becomes of a record that it cannot use";
    private static final String OWN_STORES =
            "Bursar's stores rest on their own options and have no cache; rocksdb.memory.mb bounds their memory";
    private static final String CHANGELOGS = "state is restored from the changelogs, so they keep every key";
    private static final String OWN_POLLS =
            "it follows from commit.interval.ms, because a thread commits between two polls";
    private static final String OWN_HEARTBEATS = "it is a third of session.timeout.ms";
    private static final String OWN_REPLICAS = "how many replicas a write needs follows from replication.factor";
    private static final String OWN_SIZES =
            "producers and changelogs take what the journal takes, records up to 2 MiB, and the largest account";
    private static final String OWN_NAMES =
            "names that Kafka makes up would move with the topology, and state with them";

    private static final Map<String, String> REASONS = reasons();

    private KafkaRefusals() {}

    /** Why the setting is refused; empty when it is not. */
    static Optional<String> reason(String settingName) {
        var name = KafkaClients.bareName(settingName);
        return Settings.definition(name)
                .map(own -> "set " + own.name() + " instead")
                .or(() -> Optional.ofNullable(REASONS.get(name)));
    }

    /** Reasons by name, without {@code kafka.} and without the prefix of a client. */
    static Map<String, String> all() {
        return REASONS;
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        refuse(
                reasons,
                EXACTLY_ONCE,
                List.of(
                        "processing.guarantee",
                        "enable.idempotence",
                        "acks",
                        "transactional.id",
                        "transaction.two.phase.commit.enable",
                        "enable.auto.commit"));
        refuse(reasons, READS_COMMITTED, List.of("isolation.level"));
        refuse(
                reasons,
                "a partition without a committed offset is read from its beginning, or commands would be skipped",
                List.of("auto.offset.reset"));
        refuse(reasons, OWN_GROUP, List.of("group.id"));
        refuse(reasons, OWN_PROTOCOL, List.of("group.protocol", "group.remote.assignor", "default.client.supplier"));
        refuse(
                reasons,
                OWN_FORMAT,
                List.of(
                        "key.serializer",
                        "value.serializer",
                        "key.deserializer",
                        "value.deserializer",
                        "default.key.serde",
                        "default.value.serde",
                        "default.timestamp.extractor"));
        refuse(reasons, OWN_PARTITIONING, List.of("partitioner.class", "partitioner.ignore.keys"));
        refuse(reasons, OWN_SIZES, List.of("max.request.size", "max.message.bytes"));
        refuse(reasons, OWN_POLLS, List.of("poll.ms"));
        refuse(reasons, OWN_HEARTBEATS, List.of("heartbeat.interval.ms"));
        refuse(reasons, OWN_REPLICAS, List.of("min.insync.replicas"));
        refuse(reasons, OWN_NAMES, List.of("ensure.explicit.internal.resource.naming"));
        refuse(
                reasons,
                OWN_ERROR_HANDLING,
                List.of(
                        "deserialization.exception.handler",
                        "default.deserialization.exception.handler",
                        "processing.exception.handler",
                        "processing.exception.handler.global.enabled",
                        "production.exception.handler",
                        "default.production.exception.handler",
                        "errors.dead.letter.queue.topic.name"));
        refuse(
                reasons,
                OWN_STORES,
                List.of(
                        "rocksdb.config.setter",
                        StoreMemory.BYTES_CONFIG,
                        CommittedStores.TRANSACTIONS_CONFIG,
                        "statestore.cache.max.bytes"));
        refuse(reasons, CHANGELOGS, List.of("cleanup.policy", "unclean.leader.election.enable"));
        return reasons;
    }

    private static void refuse(Map<String, String> reasons, String reason, List<String> names) {
        names.forEach(name -> reasons.put(name, reason));
    }
}
