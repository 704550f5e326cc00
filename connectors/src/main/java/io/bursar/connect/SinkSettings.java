package io.bursar.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The settings that all sinks have, and what each of them must say. */
public final class SinkSettings {
    public static final String RETRY_FOR_MS = "retry.for.ms";
    public static final String TOPICS = "topics";

    static final String TOPICS_REGEX = "topics.regex";
    static final String ISOLATION_LEVEL = "consumer.override.isolation.level";
    static final String VALUE_CONVERTER = "value.converter";
    static final String REGISTRY_URL = "schema.registry.url";

    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final String COMMITTED = "read_committed";
    private static final long TEN_MINUTES_MS = 600_000;
    private static final String REGISTRY = "Schema registry";
    private static final String FAILURES = "Failures";
    private static final String INPUT = "Input";

    private SinkSettings() {}

    /** Adds the definitions to those of a connector. */
    public static ConfigDef addTo(ConfigDef definition) {
        return addRegistry(definition)
                .define(
                        ISOLATION_LEVEL,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "Must be read_committed: with anything else the sink would take records that were aborted.",
                        INPUT,
                        1,
                        Width.MEDIUM,
                        "Isolation level")
                .define(
                        RETRY_FOR_MS,
                        ConfigDef.Type.LONG,
                        TEN_MINUTES_MS,
                        ConfigDef.Range.atLeast(0),
                        Importance.MEDIUM,
                        "How long what may pass (no connection, no space, a deadlock, no schema registry) is tried again"
                                + " before the task fails; in milliseconds since the first failure.",
                        FAILURES,
                        1,
                        Width.MEDIUM,
                        "Retry for");
    }

    /** Adds the definitions of what reading a topic needs: where its schemas are. */
    static ConfigDef addRegistry(ConfigDef definition) {
        return definition
                .define(
                        REGISTRY_URL,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.ValidList.anyNonDuplicateValues(false, false),
                        Importance.HIGH,
                        "Addresses of one schema registry, separated by commas; the next is asked when one fails."
                                + " Certificates: schema.registry.ssl.truststore.* and .keystore.*, as Kafka's.",
                        REGISTRY,
                        1,
                        Width.LONG,
                        "Address")
                .define(
                        "basic.auth.credentials.source",
                        ConfigDef.Type.STRING,
                        "URL",
                        ConfigDef.ValidString.in("URL", "USER_INFO"),
                        Importance.MEDIUM,
                        "Where user and password for the schema registry come from: its address, or"
                                + " basic.auth.user.info.",
                        REGISTRY,
                        2,
                        Width.SHORT,
                        "Credentials from")
                .define(
                        "basic.auth.user.info",
                        ConfigDef.Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "user:password for the schema registry, for credentials from USER_INFO.",
                        REGISTRY,
                        3,
                        Width.MEDIUM,
                        "Credentials")
                .define(
                        "http.connect.timeout.ms",
                        ConfigDef.Type.INT,
                        2_000,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "How many milliseconds a connection to the schema registry may take to open.",
                        REGISTRY,
                        4,
                        Width.SHORT,
                        "Connect time-out")
                .define(
                        "http.read.timeout.ms",
                        ConfigDef.Type.INT,
                        5_000,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "How many milliseconds a whole answer of the schema registry may take.",
                        REGISTRY,
                        5,
                        Width.SHORT,
                        "Read time-out");
    }

    /**
     * What is wrong with settings of a sink of the journal that are read by the worker, not by the connector: by setting,
     * in words.
     */
    public static Map<String, String> problemsOfJournal(Map<String, String> settings) {
        var problems = problems(settings);
        if (topics(settings).size() != 1) {
            problems.putIfAbsent(
                    TOPICS,
                    TOPICS + " must name exactly one topic, the journal, and is " + shown(settings.get(TOPICS)));
        }
        return problems;
    }

    /** As {@link #problemsOfJournal}, of any sink: but for which topics it reads. */
    public static Map<String, String> problems(Map<String, String> settings) {
        var problems = new LinkedHashMap<String, String>();
        if (!COMMITTED.equals(settings.get(ISOLATION_LEVEL))) {
            problems.put(
                    ISOLATION_LEVEL,
                    ISOLATION_LEVEL + " must be " + COMMITTED + " in the connector's own configuration, and is "
                            + shown(settings.get(ISOLATION_LEVEL))
                            + ": otherwise records of aborted transactions would be taken for valid ones");
        }
        if (settings.get(TOPICS_REGEX) != null) {
            problems.put(TOPICS, TOPICS + " must name what is read; " + TOPICS_REGEX + " must not be set");
        }
        requireConverter(settings, VALUE_CONVERTER, BYTES, problems);
        return problems;
    }

    /** Adds a problem when the connector names another converter than the one that it needs. */
    public static void requireConverter(
            Map<String, String> settings, String setting, String needed, Map<String, String> problems) {
        var converter = settings.get(setting);
        if (converter != null && !converter.equals(needed)) {
            problems.put(setting, setting + " must be " + needed + ", and is " + converter);
        }
    }

    /** The bytes of a value as the converter left it; null for a deletion. */
    public static byte[] bytes(Object value) {
        if (value == null || value instanceof byte[]) {
            return (byte[]) value;
        }
        throw new IllegalArgumentException("The value is a " + value.getClass().getName()
                + ", where the bytes of the topic are needed: set " + VALUE_CONVERTER + "=" + BYTES);
    }

    /** The topics that are named, in their order. */
    public static List<String> topics(Map<String, String> settings) {
        var topics = settings.getOrDefault(TOPICS, "");
        return topics.isBlank()
                ? List.of()
                : List.of(topics.split(",", -1)).stream().map(String::strip).toList();
    }

    /** A value in a message. */
    public static String shown(String value) {
        return value == null || value.isBlank() ? "not set" : value;
    }
}
