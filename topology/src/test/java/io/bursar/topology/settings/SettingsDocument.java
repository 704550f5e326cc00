package io.bursar.topology.settings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The text of {@code docs/settings.md}, made from the definitions. */
final class SettingsDocument {
    private SettingsDocument() {}

    static String text() {
        return """
                # Settings

                <!-- Generated from the definitions in topology/, package io.bursar.topology.settings. -->

                A setting is given in a properties file in UTF-8, in the environment, or as a flag; a flag wins over the
                environment, and that over the file. Bursar checks all of them before it starts and names everything that is wrong
                at once. A name that it does not know is refused, so that a slip cannot go unnoticed.

                | name | environment variable | default | allowed | meaning |
                |---|---|---|---|---|
                %s

                Empty text stands for *none* where that is the default. Passwords and credentials never appear in the log.

                ## Profiles

                A profile is a set of other defaults. What is given, in whatever way, wins over it; the log says at the start of
                each value where it comes from. [Operations](operations.md#profiles) says which to choose, and what the JVM gets.

                %s

                — leaves a setting as it is without a profile.

                ## Kafka's own settings

                `kafka.<name>` hands `<name>` to all Kafka clients: TLS, SASL, buffers, timeouts and so on. Kafka Streams' prefixes
                narrow it to one of them: `kafka.producer.linger.ms`, `kafka.main.consumer.max.poll.records`, `kafka.admin.…`,
                `kafka.topic.…` for the internal topics. So a cluster with TLS and SASL needs

                ```properties
                kafka.security.protocol=SASL_SSL
                kafka.ssl.truststore.location=/etc/bursar/truststore.p12
                kafka.ssl.truststore.password=…
                kafka.sasl.mechanism=SCRAM-SHA-512
                kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="…" password="…";
                ```

                Bursar has defaults of its own for the producer's `retry.backoff.ms`, `compression.type` and `batch.size`; yours win,
                with and without a prefix.

                Bursar's guarantees rest on some settings. These are refused, with and without a prefix, and so is every name that
                the table above has:

                | `kafka.` and | because |
                |---|---|
                %s

                ## The environment

                The variable of a setting is its name in capitals after `BURSAR_`, with `_` for each dot: `BURSAR_KAFKA_SECURITY_PROTOCOL`
                is `kafka.security.protocol`. Names with other signs than letters, digits and dots can only be given in the file or as a
                flag. A variable that begins with `BURSAR_` and is no setting is refused, except for:

                | variable | meaning |
                |---|---|
                %s
                | `BURSAR_SERVICE_HOST`, `BURSAR_PORT`, `BURSAR_…_SERVICE_PORT`, `BURSAR_PORT_8080_TCP` and the like | what Kubernetes puts into a pod for services whose names begin with "bursar"; where a setting has the same name, as `BURSAR_HTTP_PORT` for a service named `bursar-http`, a value that begins with `tcp://`, `udp://` or `sctp://` is no setting |
                """.formatted(settings(), profiles(), refusals(), commandLineVariables());
    }

    private static String settings() {
        return Settings.definitions().stream().map(SettingsDocument::row).collect(Collectors.joining("\n"));
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | `%s` | %s | %s | %s |"
                .formatted(
                        setting.name(),
                        setting.environmentVariable(),
                        setting.defaultText().isEmpty() ? "*none*" : "`" + setting.defaultText() + "`",
                        setting.type().rule(),
                        setting.doc());
    }

    private static String profiles() {
        var profiles = Profile.values();
        var head = row("setting", Profile::text, "`%s`") + "\n" + "|---".repeat(profiles.length + 1) + "|\n";
        return Arrays.stream(profiles)
                .flatMap(profile -> profile.defaults().keySet().stream())
                .distinct()
                .sorted()
                .map(name -> row("`" + name + "`", profile -> valueIn(profile, name), "%s"))
                .collect(Collectors.joining("\n", head, ""));
    }

    private static String row(String first, Function<Profile, String> cell, String format) {
        return Arrays.stream(Profile.values())
                .map(profile -> format.formatted(cell.apply(profile)))
                .collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }

    private static String valueIn(Profile profile, String name) {
        var own = Settings.definition(name).map(Setting::defaultText).orElse("—");
        return profile.defaults().getOrDefault(name, own);
    }

    private static String refusals() {
        Map<String, String> namesByReason = new LinkedHashMap<>();
        KafkaRefusals.all()
                .forEach((name, reason) ->
                        namesByReason.merge(reason, "`" + name + "`", (names, another) -> names + ", " + another));
        return namesByReason.entrySet().stream()
                .map(entry -> "| %s | %s |".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining("\n"));
    }

    private static String commandLineVariables() {
        return new TreeMap<>(EnvironmentVariables.OF_THE_COMMAND_LINE)
                .entrySet().stream()
                        .map(entry -> "| `%s` | %s |".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }
}
