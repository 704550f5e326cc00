package io.bursar.topology.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** The configs that a start insists on, because without them Bursar would lose records, or not keep a promise about them. */
final class StartRules {
    private static final List<String> OF_RETENTION = List.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG);

    private final Topics topics;
    private final List<String> faults = new ArrayList<>();

    private StartRules(Topics topics) {
        this.topics = topics;
    }

    /** A sentence for each config that breaks a rule: topic, config, value, what it must be, and why. */
    static List<String> faults(Topics topics, Map<String, FoundTopic> found) {
        var rules = new StartRules(topics);
        rules.checkRetention(
                found.get(topics.assets()), "every instance has to read the first record of an id before all others");
        rules.checkRetention(
                found.get(topics.instruments()),
                "every instance has to read the first record of an id before all others");
        rules.checkRetention(found.get(topics.journal()), "everything else is derived from its entries");
        rules.checkRetention(
                found.get(topics.apiKeys()), "the last state of every key has to stay, or keys stop working");
        rules.checkRetention(
                found.get(topics.brokerAccountStates()), "every instance learns of all broker accounts from it");
        rules.checkSize(found.get(topics.journal()), "an entry holds the whole command that it decides");
        rules.checkSize(found.get(topics.deadLetters()), "a record of any input has to fit, with its cause");
        return rules.faults;
    }

    private void checkRetention(FoundTopic found, String because) {
        differences(found)
                .filter(difference -> OF_RETENTION.contains(difference.key()))
                .forEach(difference -> add(difference, "", because));
    }

    private void checkSize(FoundTopic found, String because) {
        Predicate<TopicDifference> tooSmall =
                difference -> Integer.parseInt(difference.found()) < Integer.parseInt(difference.expected());
        differences(found)
                .filter(difference -> difference.key().equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .filter(tooSmall)
                .forEach(difference -> add(difference, "at least ", because));
    }

    private Stream<TopicDifference> differences(FoundTopic found) {
        return topics.specs().stream()
                .filter(spec -> spec.name().equals(found.name()))
                .flatMap(spec -> spec.differencesOf(found).stream());
    }

    private void add(TopicDifference difference, String bound, String because) {
        faults.add("%s has %s=%s, which must be %s%s: %s."
                .formatted(
                        difference.topic(),
                        difference.key(),
                        difference.found(),
                        bound,
                        difference.expected(),
                        because));
    }
}
