package io.bursar.topology.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the brokers have. Turns whatever goes wrong into a {@link TopicsException} that says what was asked. */
final class BrokerTopics {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Admin admin;

    BrokerTopics(Admin admin) {
        this.admin = admin;
    }

    /** Gives the names of those that did not exist yet and now do, in the order in which they were given. */
    List<String> createMissing(List<TopicSpec> specs) {
        var created = admin.createTopics(
                        specs.stream().map(TopicSpec::asNewTopic).toList())
                .values();
        return specs.stream()
                .map(TopicSpec::name)
                .filter(name -> isCreated(name, created.get(name)))
                .toList();
    }

    /**
     * All of the topics, which are known to exist. Waits until the brokers show them, because they learn of a new topic
     * only some time after its creation was confirmed.
     */
    Map<String, FoundTopic> await(List<String> names) {
        var waitingSince = System.nanoTime();
        var found = find(names);
        while (found.size() < names.size()) {
            if (System.nanoTime() - waitingSince > LONGEST_WAIT.toNanos()) {
                throw new TopicsException(
                        "The brokers confirmed the topics %s, but %d s later do not show all of them, only: %s."
                                .formatted(
                                        String.join(", ", names),
                                        LONGEST_WAIT.toSeconds(),
                                        String.join(", ", found.keySet())));
            }
            pause();
            found = find(names);
        }
        return found;
    }

    /** Those of the topics that exist, by name, in the order in which they were given. */
    Map<String, FoundTopic> find(List<String> names) {
        var resources = names.stream().map(BrokerTopics::resource).toList();
        var descriptions = admin.describeTopics(names).topicNameValues();
        var configs = admin.describeConfigs(resources).values();
        Map<String, FoundTopic> found = new LinkedHashMap<>();
        for (var name : names) {
            var description = ifExists("describe the topic " + name, descriptions.get(name));
            var config = ifExists("describe the configs of the topic " + name, configs.get(resource(name)));
            // A topic that is just being created or deleted can have one without the other.
            if (description.isPresent() && config.isPresent()) {
                found.put(name, found(description.get(), config.get()));
            }
        }
        return found;
    }

    private static boolean isCreated(String name, KafkaFuture<Void> creation) {
        try {
            answer(creation);
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw refused("create the topic " + name, failure.getCause());
        }
    }

    private static <T> Optional<T> ifExists(String question, KafkaFuture<T> answer) {
        try {
            return Optional.of(answer(answer));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw refused(question, failure.getCause());
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static FoundTopic found(TopicDescription description, Config config) {
        var replicationFactor = description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        Map<String, String> configs = new HashMap<>();
        config.entries().forEach(entry -> configs.put(entry.name(), entry.value()));
        return new FoundTopic(description.name(), description.partitions().size(), replicationFactor, configs);
    }

    /** The admin client ends its futures itself, after its {@code default.api.timeout.ms}. */
    private static <T> T answer(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }

    private static TopicsException interrupted(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        return new TopicsException("Interrupted while waiting for Kafka's answer about topics.", interruption);
    }

    private static TopicsException refused(String what, Throwable cause) {
        return new TopicsException(
                "Kafka did not %s: %s (%s)"
                        .formatted(what, cause.getMessage(), cause.getClass().getSimpleName()),
                cause);
    }
}
