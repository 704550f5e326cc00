package io.bursar.connect.postgres;

import io.bursar.connect.SinkConfig;
import io.bursar.connect.SinkSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the desk's connector. Immutable. */
final class DeskSinkConfig extends SinkConfig {
    static final String KEY_CONVERTER = "key.converter";
    static final String TEXT = "org.apache.kafka.connect.storage.StringConverter";

    private static final String RETENTION_DAYS = "audit.retention.days";
    private static final int MOST_DAYS = 36_500;
    private static final String TOPICS = "Topics";
    private static final String AUDIT = "Audit";

    /** What can be read, and which setting says in which topic it lies. */
    enum Input {
        AUDIT("audit.topic", "bursar.audit", "Where the audit lies.", "no audit event"),
        BROKER_ACCOUNTS(
                "broker.accounts.topic",
                "bursar.broker-account-states",
                "Where the latest states of broker accounts lie.",
                "no broker account"),
        TOKEN_HISTORY(
                "token.history.topic",
                "bursar.token-history",
                "Where the refreshes of tokens lie.",
                "no refresh of a token");

        /** What a record lacks that is of another kind. */
        final String lacking;

        private final String setting;
        private final String byDefault;
        private final String doc;

        Input(String setting, String byDefault, String doc, String lacking) {
            this.setting = setting;
            this.byDefault = byDefault;
            this.doc = doc;
            this.lacking = lacking;
        }

        private String topic(Map<String, String> settings) {
            return settings.getOrDefault(setting, byDefault).strip();
        }
    }

    static final ConfigDef DEFINITION = SinkSettings.addTo(DatabaseSettings.addTo(ofDesk()));

    /** @throws ConfigException naming the setting, its value and the rule */
    DeskSinkConfig(Map<String, String> settings) {
        super(DEFINITION, settings, problems(settings));
    }

    private static ConfigDef ofDesk() {
        var definition = new ConfigDef();
        int order = 0;
        for (var input : Input.values()) {
            order++;
            definition.define(
                    input.setting,
                    ConfigDef.Type.STRING,
                    input.byDefault,
                    new ConfigDef.NonEmptyString(),
                    Importance.MEDIUM,
                    input.doc + " Read when topics names it.",
                    TOPICS,
                    order,
                    Width.MEDIUM,
                    input.setting);
        }
        return definition.define(
                RETENTION_DAYS,
                ConfigDef.Type.INT,
                90,
                ConfigDef.Range.between(0, MOST_DAYS),
                Importance.MEDIUM,
                "How many days rows of the audit are kept, 0 for ever. Older ones are deleted a few at a time.",
                AUDIT,
                1,
                Width.SHORT,
                "Kept for days");
    }

    /** What is wrong with settings that the worker reads: by setting, in words. */
    static Map<String, String> problems(Map<String, String> settings) {
        var problems = SinkSettings.problems(settings);
        var known = Arrays.stream(Input.values())
                .collect(Collectors.groupingBy(input -> input.topic(settings), Collectors.counting()));
        var read = SinkSettings.topics(settings);
        if (read.isEmpty() || !known.keySet().containsAll(read)) {
            problems.putIfAbsent(
                    SinkSettings.TOPICS,
                    SinkSettings.TOPICS + " must name one or more of " + String.join(", ", topics(settings))
                            + ", and is " + SinkSettings.shown(settings.get(SinkSettings.TOPICS)));
        }
        known.forEach((topic, inputs) -> {
            if (inputs > 1) {
                problems.putIfAbsent(SinkSettings.TOPICS, "Topic " + topic + " cannot hold two kinds of records");
            }
        });
        SinkSettings.requireConverter(settings, KEY_CONVERTER, TEXT, problems);
        return problems;
    }

    private static List<String> topics(Map<String, String> settings) {
        return Arrays.stream(Input.values())
                .map(input -> input.topic(settings) + " (" + input.setting + ")")
                .toList();
    }

    DatabaseSettings database() {
        return new DatabaseSettings(this);
    }

    /** What lies in a topic that is read. */
    Input inputOf(String topic) {
        for (var input : Input.values()) {
            if (getString(input.setting).strip().equals(topic)) {
                return input;
            }
        }
        throw new IllegalArgumentException("Topic " + topic + " is not one that is read");
    }

    /** How long rows of the audit are kept; empty: for ever. */
    Optional<Duration> auditRetention() {
        int days = getInt(RETENTION_DAYS);
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }
}
