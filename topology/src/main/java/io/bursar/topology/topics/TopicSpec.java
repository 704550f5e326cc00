package io.bursar.topology.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How one topic has to be.
 *
 * @param configs the configs that Bursar cares about, by Kafka's names; all others are the operator's choice
 */
public record TopicSpec(String name, int partitions, int replicationFactor, Map<String, String> configs) {
    public TopicSpec {
        configs = Map.copyOf(configs);
    }

    NewTopic asNewTopic() {
        return new NewTopic(name, partitions, (short) replicationFactor).configs(configs);
    }

    /** Partitions and replicas first, then configs in the order of the alphabet. */
    List<TopicDifference> differencesOf(FoundTopic found) {
        List<TopicDifference> differences = new ArrayList<>();
        compare(differences, TopicDifference.PARTITIONS, partitions, found.partitions());
        compare(differences, TopicDifference.REPLICATION_FACTOR, replicationFactor, found.replicationFactor());
        new TreeMap<>(configs)
                .forEach((key, expected) ->
                        compare(differences, key, expected, found.configs().get(key)));
        return differences;
    }

    private void compare(List<TopicDifference> differences, String key, Object expected, Object found) {
        if (!expected.equals(found)) {
            differences.add(new TopicDifference(name, key, expected.toString(), String.valueOf(found)));
        }
    }
}
