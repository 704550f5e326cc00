package io.bursar.topology.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and checks Bursar's topics. Every call asks the brokers and waits for them, at most the admin client's
 * {@code default.api.timeout.ms} per request. Safe for use by several threads, as the admin client is.
 */
public final class TopicAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

    private final BrokerTopics brokerTopics;
    private final Topics topics;

    /** @param admin stays the caller's, who closes it */
    public TopicAdmin(Admin admin, Topics topics) {
        this.brokerTopics = new BrokerTopics(admin);
        this.topics = topics;
    }

    /**
     * Creates the topics that are missing, waits until the brokers show them, and compares the others with what they
     * should be. Existing topics are never changed.
     *
     * @throws TopicsException when Kafka refuses or does not answer
     */
    public TopicsReport create() {
        var created = brokerTopics.createMissing(topics.specs());
        var found = brokerTopics.await(names(topics.specs()));
        var others = topics.specs().stream()
                .filter(spec -> !created.contains(spec.name()))
                .toList();
        var differences = differences(others, found);
        var unchanged = names(others).stream()
                .filter(name -> differences.stream()
                        .noneMatch(difference -> difference.topic().equals(name)))
                .toList();
        return new TopicsReport(created, unchanged, differences);
    }

    /**
     * Checks what Bursar's guarantees rest on: every topic exists, all topics keyed by account have the same number of
     * partitions, the broker's clock stamps the inputs, nothing is lost of the journal, the assets and the instruments,
     * and journal and dead letters take the largest record. Anything else that is not as specified is logged as a warning.
     *
     * @throws TopicsException when one of these does not hold, or Kafka refuses or does not answer
     */
    public PartitionCounts checkForStart() {
        var found = brokerTopics.find(names(topics.specs()));
        refuseMissing(found);
        refuseUnequalPartitions(found);
        refuseClaimedTimes(found);
        refuseLosses(found);
        differences(topics.specs(), found).forEach(difference -> LOG.warn("Topic {}", difference));
        return new PartitionCounts(
                found.get(topics.orders()).partitions(),
                found.get(topics.replies()).partitions(),
                found.get(topics.trades()).partitions());
    }

    private void refuseMissing(Map<String, FoundTopic> found) {
        var missing = names(topics.specs()).stream()
                .filter(name -> !found.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new TopicsException(
                    "Topics that Bursar needs do not exist: %s. \"bursar topics create\" makes them; topic.prefix says how their names begin."
                            .formatted(String.join(", ", missing)));
        }
    }

    private void refuseUnequalPartitions(Map<String, FoundTopic> found) {
        var keyedByAccount = topics.keyedByAccount().stream().map(found::get).toList();
        if (keyedByAccount.stream().map(FoundTopic::partitions).distinct().count() == 1) {
            return;
        }
        var counts = keyedByAccount.stream()
                .map(topic -> topic.name() + " has " + topic.partitions())
                .collect(Collectors.joining(", "));
        throw new TopicsException(
                "Topics keyed by account must have the same number of partitions, but %s.".formatted(counts));
    }

    private void refuseClaimedTimes(Map<String, FoundTopic> found) {
        var wrong = Stream.concat(topics.inputs().stream(), topics.deskInputs().stream())
                .map(found::get)
                .filter(topic -> !Topics.BROKERS_CLOCK.equals(timestampType(topic)))
                .map(topic -> topic.name() + " has " + timestampType(topic))
                .toList();
        if (!wrong.isEmpty()) {
            throw new TopicsException(
                    "Inputs must have message.timestamp.type=LogAppendTime, so that the broker's clock bounds what producers claim, but %s."
                            .formatted(String.join(", ", wrong)));
        }
    }

    private void refuseLosses(Map<String, FoundTopic> found) {
        var faults = StartRules.faults(topics, found);
        if (!faults.isEmpty()) {
            throw new TopicsException(
                    "%s Alter it: kafka-configs.sh --alter --entity-type topics --entity-name TOPIC --add-config NAME=VALUE."
                            .formatted(String.join(" ", faults)));
        }
    }

    private static String timestampType(FoundTopic topic) {
        return topic.configs().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    }

    private static List<TopicDifference> differences(List<TopicSpec> specs, Map<String, FoundTopic> found) {
        List<TopicDifference> differences = new ArrayList<>();
        specs.forEach(spec -> differences.addAll(spec.differencesOf(found.get(spec.name()))));
        return differences;
    }

    private static List<String> names(Collection<TopicSpec> specs) {
        return specs.stream().map(TopicSpec::name).toList();
    }
}
