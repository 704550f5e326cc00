package io.bursar.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bursar.processors.ExpiryClock;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void every_constant_is_among_the_definitions_and_its_default_is_allowed() {
        var constants = Arrays.stream(Settings.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Setting.class)
                .count();

        assertThat(Settings.definitions())
                .hasSize((int) constants)
                .allSatisfy(setting -> assertThat(setting.parse(setting.defaultText()))
                        .as(setting.name())
                        .isPresent());
    }

    @Test
    void without_sources_everything_has_its_default() {
        var settings = Settings.load();

        assertThat(settings.get(Settings.COMMIT_INTERVAL_MS)).isEqualTo(25);
        assertThat(settings.get(Settings.BOOTSTRAP_SERVERS)).isEqualTo("127.0.0.1:9092");
        assertThat(settings.get(Settings.STATE_DIR)).isEqualTo(Path.of("bursar-state"));
        assertThat(settings.get(Settings.GROUP_INSTANCE_ID)).isEmpty();
        assertThat(settings.get(Settings.EXPIRY_CLOCK)).isEqualTo(ExpiryClock.WALL);
        assertThat(settings.get(Settings.AUTO_REGISTER_SCHEMAS)).isTrue();
        assertThat(settings.isGiven(Settings.COMMIT_INTERVAL_MS)).isFalse();
    }

    @Test
    void flags_win_over_the_environment_and_that_over_the_file() throws IOException {
        var settings = Settings.load(
                file("partitions=1", "http.port=1", "num.stream.threads=1"),
                SettingsSource.environment(Map.of("BURSAR_HTTP_PORT", "2", "BURSAR_NUM_STREAM_THREADS", "2")),
                SettingsSource.flags(Map.of("num.stream.threads", "3")));

        assertThat(settings.get(Settings.PARTITIONS)).isEqualTo(1);
        assertThat(settings.get(Settings.HTTP_PORT)).isEqualTo(2);
        assertThat(settings.get(Settings.NUM_STREAM_THREADS)).isEqualTo(3);
        assertThat(settings.isGiven(Settings.NUM_STREAM_THREADS)).isTrue();
    }

    @Test
    void empty_text_takes_an_optional_setting_back() throws IOException {
        var settings = Settings.load(
                file("group.instance.id=bursar-1"), SettingsSource.environment(Map.of("BURSAR_GROUP_INSTANCE_ID", "")));

        assertThat(settings.get(Settings.GROUP_INSTANCE_ID)).isEmpty();
        assertThat(Settings.load(file("group.instance.id=bursar-1")).get(Settings.GROUP_INSTANCE_ID))
                .isEqualTo(Optional.of("bursar-1"));
    }

    @Test
    void a_file_may_have_comments_continued_lines_and_blanks_around_values() throws IOException {
        var settings = Settings.load(
                file("# a comment \\", "", "bootstrap.servers = a:1,\\", "   b:2  ", "! another", "http.port: 81"));

        assertThat(settings.get(Settings.BOOTSTRAP_SERVERS)).isEqualTo("a:1,b:2");
        assertThat(settings.get(Settings.HTTP_PORT)).isEqualTo(81);
    }

    @Test
    void all_faults_are_told_at_once_with_their_sources() throws IOException {
        var faults = faults(
                file("# the first line", "comit.interval.ms=25", "http.port=8080", "http.port=8081", "partitions=0"),
                SettingsSource.environment(
                        Map.of("BURSAR_EXPIRY_CLOCK", "sundial", "BURSAR_NUM_STREAM_THREAD", "2", "HOME", "/")),
                SettingsSource.flags(Map.of("kafka.acks", "1", "replication.factor", "three")));

        var file = folder.resolve("bursar.properties");
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "Unknown setting \"comit.interval.ms\" (%s line 2): did you mean \"commit.interval.ms\"?"
                                .formatted(file),
                        "http.port is set twice in %s, in lines 3 and 4.".formatted(file),
                        "partitions is \"0\" (%s line 5), but must be a whole number from 1 to 1000.".formatted(file),
                        "BURSAR_EXPIRY_CLOCK is \"sundial\" (environment variable), but must be one of wall, stream.",
                        "Unknown setting \"BURSAR_NUM_STREAM_THREAD\" (environment variable):"
                                + " did you mean \"BURSAR_NUM_STREAM_THREADS\"?",
                        "kafka.acks (flag) is refused: Bursar commits offsets, state and journal in one transaction"
                                + " (exactly_once_v2).",
                        "replication.factor is \"three\" (flag), but must be a whole number from 1 to 16.");
    }

    @Test
    void the_message_of_several_faults_lists_them() {
        var failure = catchThrowableOfType(
                SettingsException.class, () -> Settings.load(SettingsSource.flags(Map.of("a", "1", "b", "2"))));

        assertThat(failure)
                .hasMessage(String.format(
                        "2 faults in the settings:%n- %s%n- %s",
                        failure.faults().toArray()));
        assertThat(failure.faults())
                .first()
                .isEqualTo("Unknown setting \"a\" (flag): docs/settings.md lists all there are.");
    }

    @Test
    void a_file_that_cannot_be_read_is_a_fault() throws IOException {
        var missing = folder.resolve("missing.properties");
        assertThat(faults(SettingsSource.file(missing)))
                .containsExactly("The settings file %s does not exist.".formatted(missing));

        var binary = Files.write(folder.resolve("binary.properties"), new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThat(faults(SettingsSource.file(binary)))
                .containsExactly("The settings file %s is not text in UTF-8.".formatted(binary));

        assertThat(faults(file("http.host=a", "state.dir=\\u12")).getFirst())
                .startsWith(folder.resolve("bursar.properties") + " line 2 cannot be read:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bootstrap.servers|localhost|host:port, or several separated by commas",
                "bootstrap.servers|a:1,,b:2|host:port, or several separated by commas",
                "application.server|a:70000|host:port",
                "schema.registry.url|ftp://a|an http or https URL, or several separated by commas",
                "application.id|a b|1 to 100 letters, digits, dots, underscores or hyphens",
                "auto.register.schemas|yes|true or false",
                "state.dir|''|a path",
                "redis.url|http://host:6379|redis://host:port/database or rediss:, without a password",
                "redis.url|host:6379|redis://host:port/database or rediss:, without a password",
                "redis.url|redis://host:6379/main|redis://host:port/database or rediss:, without a password",
                "redis.url|redis://host/0?timeout=1|redis://host:port/database or rediss:, without a password",
                "session.timeout.ms|10s|a whole number from 6000 to 1800000",
                "basic.auth.credentials.source|SASL_INHERIT|one of USER_INFO, URL",
                "http.port|65536|a whole number from 0 to 65535",
                "profile|fast|one of balanced, throughput, latency, small",
            })
    void a_bad_value_is_told_with_field_value_and_rule(String name, String value, String rule) {
        assertThat(faults(SettingsSource.flags(Map.of(name, value))))
                .containsExactly("%s is \"%s\" (flag), but must be %s.".formatted(name, value, rule));
    }

    @Test
    void settings_that_contradict_each_other_are_refused() {
        assertThat(faults(SettingsSource.flags(Map.of(
                        "commit.interval.ms", "20000", "default.expiry.days", "31", "basic.auth.user.info", "a:b"))))
                .containsExactlyInAnyOrder(
                        "commit.interval.ms is \"20000\" (flag), but must be less than transaction.timeout.ms, which is"
                                + " 10000 (default), or transactions time out before they are committed.",
                        "default.expiry.days is \"31\" (flag), but must be at most max.expiry.days, which is 30"
                                + " (default).",
                        "basic.auth.user.info has no effect unless basic.auth.credentials.source is USER_INFO.");
        assertThat(faults(SettingsSource.flags(Map.of("basic.auth.credentials.source", "USER_INFO"))))
                .containsExactly(
                        "basic.auth.credentials.source is \"USER_INFO\" (flag), so basic.auth.user.info must be"
                                + " set to user:password.");
        assertThat(faults(SettingsSource.flags(Map.of("schema.registry.ssl.truststore.password", "secret"))))
                .containsExactly("schema.registry.ssl.truststore.password has no effect unless"
                        + " schema.registry.ssl.truststore.location is set.");
        assertThat(faults(SettingsSource.flags(Map.of("redis.password", "secret"))))
                .containsExactly("redis.password has no effect unless redis.url is set.");
        assertThat(faults(SettingsSource.flags(Map.of(
                        "schema.registry.ssl.keystore.location",
                        folder.resolve("none").toString()))))
                .singleElement()
                .asString()
                .endsWith("but must be a file that can be read.");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void what_a_profile_sets_could_have_been_given_by_hand(Profile profile) {
        var byHand = Settings.load(SettingsSource.flags(profile.defaults()));
        var byProfile = Settings.load(SettingsSource.flags(Map.of("profile", profile.text())));

        assertThat(byProfile.get(Settings.PROFILE)).isEqualTo(profile);
        assertThat(byProfile.kafkaStreams()).isEqualTo(byHand.kafkaStreams());
        assertThat(Settings.definitions())
                .filteredOn(setting -> !setting.equals(Settings.PROFILE))
                .allSatisfy(setting -> {
                    assertThat(byProfile.get(setting)).isEqualTo(byHand.get(setting));
                    assertThat(byProfile.isGiven(setting)).isFalse();
                    assertThat(byProfile.isDefault(setting)).isEqualTo(byHand.isDefault(setting));
                });
    }

    @Test
    void without_a_profile_every_setting_has_its_own_default() {
        assertThat(Settings.load().get(Settings.PROFILE)).isEqualTo(Profile.BALANCED);
        assertThat(Settings.load().describe())
                .allSatisfy(line -> assertThat(line).endsWith(" (default)"));
    }

    @Test
    void what_is_given_wins_over_the_profile_from_whatever_source() throws IOException {
        var settings = Settings.load(
                file("commit.interval.ms=25"),
                SettingsSource.environment(Map.of("BURSAR_PROFILE", "small")),
                SettingsSource.flags(Map.of(
                        "kafka.producer.batch.size", "1",
                        "kafka.fetch.max.bytes", "2",
                        "kafka.main.consumer.max.partition.fetch.bytes", "3")));

        assertThat(settings.describe())
                .contains(
                        "profile = small (environment variable)",
                        "commit.interval.ms = 25 (%s line 1)".formatted(folder.resolve("bursar.properties")),
                        "num.stream.threads = 1 (profile small)",
                        "memory.mb = 512 (profile small)",
                        "rocksdb.memory.mb = 63 (memory.mb 512)",
                        "partitions = 12 (default)",
                        "kafka.producer.batch.size = 1 (flag)",
                        "kafka.producer.buffer.memory = 16777216 (profile small)");
        assertThat(settings.get(Settings.COMMIT_INTERVAL_MS)).isEqualTo(25);
        assertThat(settings.kafkaStreams())
                .containsOnly(
                        Map.entry("bootstrap.servers", "127.0.0.1:9092"),
                        Map.entry("producer.buffer.memory", "16777216"),
                        Map.entry("producer.batch.size", "1"),
                        Map.entry("fetch.max.bytes", "2"),
                        Map.entry("consumer.max.partition.fetch.bytes", "262144"),
                        Map.entry("main.consumer.max.partition.fetch.bytes", "3"));
    }

    @Test
    void the_memory_of_the_process_gives_the_stores_their_share_unless_that_is_given_itself() {
        var memory = SettingsSource.environment(Map.of("BURSAR_MEMORY_MB", "1208"));

        assertThat(Settings.load(memory).describe()).contains("rocksdb.memory.mb = 210 (memory.mb 1208)");
        assertThat(Settings.load(memory, SettingsSource.flags(Map.of("profile", "throughput")))
                        .get(Settings.ROCKSDB_MEMORY_MB))
                .isEqualTo(210);
        assertThat(Settings.load(memory, SettingsSource.flags(Map.of("rocksdb.memory.mb", "300")))
                        .get(Settings.ROCKSDB_MEMORY_MB))
                .isEqualTo(300);
    }

    @Test
    void the_last_profile_counts_alone() {
        var settings = Settings.load(
                SettingsSource.environment(Map.of("BURSAR_PROFILE", "small")),
                SettingsSource.flags(Map.of("profile", "throughput")));

        assertThat(settings.describe())
                .contains(
                        "commit.interval.ms = 100 (profile throughput)", "rocksdb.memory.mb = 512 (profile throughput)")
                .noneMatch(line -> line.contains("small"));
    }

    @Test
    void variables_of_the_command_line_and_of_kubernetes_are_no_settings() {
        var settings = Settings.load(SettingsSource.environment(Map.of(
                "BURSAR_URL", "https://bursar:8080",
                "BURSAR_API_KEY", "secret",
                "BURSAR_HOME", "/opt/bursar",
                "BURSAR_JAVA_OPTS", "-Xmx1g",
                "BURSAR_SERVICE_HOST", "10.0.0.1",
                "BURSAR_SERVICE_PORT_HTTP", "8080",
                "BURSAR_PORT", "tcp://10.0.0.1:8080",
                "BURSAR_PORT_8080_TCP_ADDR", "10.0.0.1",
                "BURSAR_API_SERVICE_HOST", "10.0.0.1",
                "BURSAR_API_PORT", "tcp://10.0.0.1:8080")));

        assertThat(settings.describe()).allSatisfy(line -> assertThat(line).endsWith("(default)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://10.0.0.1:8080", "udp://10.0.0.1:8080", "sctp://10.0.0.1:8080"})
    void the_url_of_a_service_is_no_port(String url) {
        var settings = Settings.load(SettingsSource.environment(Map.of("BURSAR_HTTP_PORT", url)));

        assertThat(settings.isGiven(Settings.HTTP_PORT)).isFalse();
    }

    @Test
    void only_where_kubernetes_puts_one_is_a_url_passed_over() {
        assertThat(faults(SettingsSource.environment(
                        Map.of("BURSAR_HTTP_PORT", "http://10.0.0.1:8080", "BURSAR_PARTITIONS", "tcp://10.0.0.1:1"))))
                .containsExactlyInAnyOrder(
                        "BURSAR_HTTP_PORT is \"http://10.0.0.1:8080\" (environment variable), but must be a whole"
                                + " number from 0 to 65535.",
                        "BURSAR_PARTITIONS is \"tcp://10.0.0.1:1\" (environment variable), but must be a whole number"
                                + " from 1 to 1000.");
    }

    @Test
    void what_begins_with_kafka_reaches_the_clients_that_know_it() {
        var settings = Settings.load(
                SettingsSource.environment(Map.of("BURSAR_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")),
                SettingsSource.flags(Map.of(
                        "bootstrap.servers", "kafka:9093",
                        "kafka.linger.ms", "5",
                        "kafka.producer.linger.ms", "1",
                        "kafka.max.poll.records", "10",
                        "kafka.plugin.of.somebody", "x")));

        assertThat(settings.kafkaStreams())
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9093"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("linger.ms", "5"),
                        Map.entry("producer.linger.ms", "1"),
                        Map.entry("max.poll.records", "10"),
                        Map.entry("plugin.of.somebody", "x"));
        assertThat(settings.kafkaProducer())
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9093"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("linger.ms", "1"),
                        Map.entry("plugin.of.somebody", "x"));
        assertThat(settings.kafkaConsumer())
                .containsEntry("max.poll.records", "10")
                .doesNotContainKey("linger.ms");
        assertThat(settings.kafkaAdmin())
                .containsOnlyKeys("bootstrap.servers", "security.protocol", "plugin.of.somebody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.group.protocol",
                "kafka.processing.guarantee",
                "kafka.isolation.level",
                "kafka.main.consumer.isolation.level",
                "kafka.producer.enable.idempotence",
                "kafka.producer.transactional.id",
                "kafka.consumer.auto.offset.reset",
                "kafka.topic.cleanup.policy",
                "kafka.rocksdb.config.setter",
                "kafka.poll.ms",
                "kafka.heartbeat.interval.ms",
                "kafka.main.consumer.heartbeat.interval.ms",
                "kafka.statestore.cache.max.bytes",
                "kafka.topic.min.insync.replicas",
                "kafka.topic.max.message.bytes",
                "kafka.ensure.explicit.internal.resource.naming",
            })
    void what_would_break_a_guarantee_is_refused_with_the_reason(String name) {
        assertThat(faults(SettingsSource.flags(Map.of(name, "streams"))))
                .singleElement()
                .asString()
                .startsWith(name + " (flag) is refused: ")
                .endsWith(".");
    }

    @Test
    void what_is_a_setting_of_bursar_is_refused_as_one_of_kafka() {
        assertThat(faults(SettingsSource.flags(Map.of("kafka.main.consumer.session.timeout.ms", "1"))))
                .containsExactly(
                        "kafka.main.consumer.session.timeout.ms (flag) is refused: set session.timeout.ms instead.");
    }

    @Test
    void a_setting_of_kafka_without_its_prefix_is_recognised() {
        assertThat(faults(SettingsSource.flags(Map.of("linger.ms", "1"))))
                .containsExactly("Unknown setting \"linger.ms\" (flag): did you mean \"kafka.linger.ms\"?");
    }

    @Test
    void slips_in_kafkas_settings_are_told_too() {
        assertThat(faults(
                        SettingsSource.environment(Map.of("BURSAR_KAFKA_PRODUCER_LINGR_MS", "1")),
                        SettingsSource.flags(
                                Map.of("kafka.request.timeout.ms", "soon", "kafka.security.protocol", "SLS"))))
                .containsExactlyInAnyOrder(
                        "Unknown setting \"BURSAR_KAFKA_PRODUCER_LINGR_MS\" (environment variable):"
                                + " did you mean \"BURSAR_KAFKA_PRODUCER_LINGER_MS\"?",
                        "kafka.request.timeout.ms is \"soon\" (flag), which Kafka refuses: Not a number of type INT.",
                        "kafka.security.protocol is \"SLS\" (flag), which Kafka refuses: String must be one of (case"
                                + " insensitive): SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT.");
    }

    @Test
    void secrets_never_show() throws IOException {
        var truststore = Files.createFile(folder.resolve("truststore.p12")).toString();
        var settings = Settings.load(SettingsSource.flags(Map.of(
                "basic.auth.credentials.source", "USER_INFO",
                "basic.auth.user.info", "me:hidden1",
                "schema.registry.ssl.truststore.location", truststore,
                "schema.registry.ssl.truststore.password", "hidden2",
                "schema.registry.url", "http://me:hidden3@one,http://me:hidden4@two",
                "kafka.sasl.jaas.config", "password=hidden5",
                "kafka.producer.ssl.keystore.password", "hidden6",
                "kafka.plugin.secret", "hidden7",
                "kafka.sasl.oauthbearer.token.endpoint.url", "https://shown")));

        assertThat(settings.toString())
                .doesNotContain("hidden")
                .contains(
                        "basic.auth.user.info = **** (flag)",
                        "schema.registry.url = http://****@one,http://****@two (flag)",
                        "kafka.sasl.oauthbearer.token.endpoint.url = https://shown (flag)");
        assertThat(settings.get(Settings.BASIC_AUTH_USER_INFO)).contains("me:hidden1");
        assertThat(settings.schemaRegistry())
                .containsOnlyKeys(
                        "schema.registry.url",
                        "basic.auth.credentials.source",
                        "basic.auth.user.info",
                        "schema.registry.ssl.truststore.location",
                        "schema.registry.ssl.truststore.password");
        assertThat(faults(SettingsSource.flags(Map.of("schema.registry.url", "ftp://me:hidden@host")))
                        .getFirst())
                .doesNotContain("hidden");
        assertThat(faults(SettingsSource.flags(Map.of("redis.url", "redis://me:hidden@host")))
                        .getFirst())
                .doesNotContain("hidden");
    }

    private SettingsSource file(String... lines) throws IOException {
        return SettingsSource.file(Files.write(folder.resolve("bursar.properties"), List.of(lines)));
    }

    private static List<String> faults(SettingsSource... sources) {
        return catchThrowableOfType(SettingsException.class, () -> Settings.load(sources))
                .faults();
    }
}
