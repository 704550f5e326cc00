package io.bursar.topology.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka's own clients know of the settings that are passed through to them. */
final class KafkaClients {
    /** Names that begin so are for Kafka. */
    static final String PREFIX = "kafka.";

    /** Kafka Streams' prefixes for what only one of its clients, or its internal topics, shall get. */
    private static final List<String> CLIENT_PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX,
            StreamsConfig.TOPIC_PREFIX);

    private static final ConfigDef ADMIN = AdminClientConfig.configDef();
    private static final ConfigDef CONSUMER = ConsumerConfig.configDef();
    private static final ConfigDef PRODUCER = ProducerConfig.configDef();
    private static final List<ConfigDef> ALL = List.of(StreamsConfig.configDef(), CONSUMER, PRODUCER, ADMIN);
    private static final SortedSet<String> NAMES = namesOfAll();

    /** A slip, not the name of a plug-in's own setting, which this class cannot know. */
    private static final int MOST_CHANGES_OF_A_SLIP = 2;

    private KafkaClients() {}

    static boolean isPassedThrough(String settingName) {
        return settingName.startsWith(PREFIX) && settingName.length() > PREFIX.length();
    }

    static boolean isKnown(String bareName) {
        return NAMES.contains(bareName);
    }

    /** The name without {@code kafka.} and without the prefix of one client. */
    static String bareName(String settingName) {
        var name = settingName.substring(PREFIX.length());
        return name.substring(clientPrefix(name).length());
    }

    /** Whether Kafka treats the value as a password; empty when it does not know the name or it is not for Kafka. */
    static Optional<Boolean> isSecret(String settingName) {
        if (!isPassedThrough(settingName)) {
            return Optional.empty();
        }
        var name = bareName(settingName);
        return definitionsOf(name)
                .findFirst()
                .map(definition -> definition.configKeys().get(name).type == ConfigDef.Type.PASSWORD);
    }

    /** The whole name that was probably meant by one which no client knows. */
    static Optional<String> probablyMeant(String settingName) {
        var name = bareName(settingName);
        var prefix = settingName.substring(0, settingName.length() - name.length());
        if (isKnown(name) || prefix.equals(PREFIX + StreamsConfig.TOPIC_PREFIX)) {
            return Optional.empty();
        }
        return NearestName.of(name, NAMES, MOST_CHANGES_OF_A_SLIP).map(prefix::concat);
    }

    /** Kafka's own words on what is wrong with the value. */
    static Optional<String> objection(String settingName, String text) {
        if (text.contains("${")) {
            return Optional.empty(); // one of Kafka's config providers puts the value in later
        }
        var name = bareName(settingName);
        return definitionsOf(name)
                .flatMap(definition -> definition.validate(Map.of(name, text)).stream())
                .filter(value ->
                        value.name().equals(name) && !value.errorMessages().isEmpty())
                .map(value -> withoutRepetition(value.errorMessages().getFirst()))
                .findFirst();
    }

    static Map<String, Object> forAdmin(Map<String, String> passedThrough) {
        return forClient(ADMIN, StreamsConfig.ADMIN_CLIENT_PREFIX, passedThrough);
    }

    static Map<String, Object> forConsumer(Map<String, String> passedThrough) {
        return forClient(CONSUMER, StreamsConfig.CONSUMER_PREFIX, passedThrough);
    }

    static Map<String, Object> forProducer(Map<String, String> passedThrough) {
        return forClient(PRODUCER, StreamsConfig.PRODUCER_PREFIX, passedThrough);
    }

    /** Leaves out what is known to be for other clients only; what carries the client's own prefix wins. */
    private static Map<String, Object> forClient(
            ConfigDef definition, String prefix, Map<String, String> passedThrough) {
        Map<String, Object> config = new HashMap<>();
        passedThrough.forEach((name, text) -> {
            if (clientPrefix(name).isEmpty() && (definition.names().contains(name) || !isKnown(name))) {
                config.put(name, text);
            }
        });
        passedThrough.forEach((name, text) -> {
            if (clientPrefix(name).equals(prefix)) {
                config.put(name.substring(prefix.length()), text);
            }
        });
        return config;
    }

    private static String clientPrefix(String name) {
        return CLIENT_PREFIXES.stream().filter(name::startsWith).findFirst().orElse("");
    }

    private static Stream<ConfigDef> definitionsOf(String bareName) {
        return ALL.stream().filter(definition -> definition.names().contains(bareName));
    }

    private static SortedSet<String> namesOfAll() {
        var names = new TreeSet<String>();
        ALL.forEach(definition -> names.addAll(definition.names()));
        return names;
    }

    /** Kafka's messages begin with field and value, which the caller's sentence already has. */
    private static String withoutRepetition(String message) {
        var rule = message.replaceFirst("(?s)^Invalid value .* for configuration [^:]+: ", "");
        return rule.endsWith(".") ? rule : rule + ".";
    }
}
