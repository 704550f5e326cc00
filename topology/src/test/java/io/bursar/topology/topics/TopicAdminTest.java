package io.bursar.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.topology.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopicAdminTest {
    private static EmbeddedBroker broker;
    private static Admin admin;
    private static int made;

    private Topics topics;
    private TopicAdmin topicAdmin;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = EmbeddedBroker.start(folder);
        admin = broker.admin();
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    /** Each test has topics of its own, so that one broker serves all of them. */
    @BeforeEach
    void useOwnTopics(TestInfo test) {
        made++;
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + "-" + made + ".", 4, 1);
        topicAdmin = new TopicAdmin(admin, topics);
    }

    @Test
    void create_makes_all_topics_as_specified() {
        var report = topicAdmin.create();

        assertThat(report.created())
                .hasSize(20)
                .containsExactlyElementsOf(
                        topics.specs().stream().map(TopicSpec::name).toList());
        assertThat(report.differences()).isEmpty();
        var again = topicAdmin.create();
        assertThat(again.created()).isEmpty();
        assertThat(again.unchanged()).isEqualTo(report.created());
        assertThat(again.differences()).isEmpty();
    }

    @Test
    void create_makes_only_what_is_missing() throws Exception {
        topicAdmin.create();
        delete(topics.fills());

        assertThat(topicAdmin.create().created()).containsExactly(topics.fills());
    }

    @Test
    void create_says_what_differs_and_changes_nothing() throws Exception {
        topicAdmin.create();
        set(topics.journal(), "retention.ms", "604800000");
        set(topics.orders(), "message.timestamp.type", "CreateTime");
        setPartitions(topics.replies(), 6);

        var expected = List.of(
                new TopicDifference(topics.orders(), "message.timestamp.type", "LogAppendTime", "CreateTime"),
                new TopicDifference(topics.journal(), "retention.ms", "-1", "604800000"),
                new TopicDifference(topics.replies(), "partitions", "4", "6"));
        assertThat(topicAdmin.create().differences()).isEqualTo(expected);
        assertThat(topicAdmin.create().differences()).isEqualTo(expected);
        assertThat(topicAdmin.create().describe())
                .contains(
                        "exists " + topics.fills(),
                        "differs " + topics.journal() + ": retention.ms is 604800000, expected -1");
    }

    @Test
    void create_says_that_there_are_too_few_brokers_for_the_replication_factor() {
        var replicated = new TopicAdmin(admin, new Topics(topics.prefix(), 4, 3));

        assertThatThrownBy(replicated::create)
                .isInstanceOf(TopicsException.class)
                .hasMessageContaining(topics.assets())
                .hasMessageContaining("replication factor of 3");
    }

    @Test
    void existing_topics_with_fewer_replicas_differ() {
        topicAdmin.create();

        var report = new TopicAdmin(admin, new Topics(topics.prefix(), 4, 3)).create();

        assertThat(report.created()).isEmpty();
        assertThat(report.differences())
                .contains(
                        new TopicDifference(topics.journal(), "replication.factor", "3", "1"),
                        new TopicDifference(topics.journal(), "min.insync.replicas", "2", "1"));
    }

    @Test
    void start_learns_the_partition_counts_that_the_topics_really_have() throws Exception {
        topicAdmin.create();
        setPartitions(topics.replies(), 6);
        setPartitions(topics.trades(), 5);

        var otherwiseConfigured = new TopicAdmin(admin, new Topics(topics.prefix(), 12, 1));

        assertThat(otherwiseConfigured.checkForStart()).isEqualTo(new PartitionCounts(4, 6, 5));
    }

    @Test
    void start_is_refused_when_topics_are_missing() throws Exception {
        topicAdmin.create();
        delete(topics.fills());
        delete(topics.replies());

        assertThatThrownBy(topicAdmin::checkForStart)
                .isInstanceOf(TopicsException.class)
                .hasMessage(
                        "Topics that Bursar needs do not exist: %s, %s. \"bursar topics create\" makes them;"
                                + " topic.prefix says how their names begin.",
                        topics.fills(), topics.replies());
    }

    @Test
    void start_is_refused_when_account_topics_differ_in_partitions() throws Exception {
        topicAdmin.create();
        setPartitions(topics.fills(), 8);

        assertThatThrownBy(topicAdmin::checkForStart)
                .isInstanceOf(TopicsException.class)
                .hasMessage(
                        "Topics keyed by account must have the same number of partitions, but %s has 4, %s has 4,"
                                + " %s has 4, %s has 8, %s has 4, %s has 4.",
                        topics.accounts(),
                        topics.balanceUpdates(),
                        topics.orders(),
                        topics.fills(),
                        topics.transfers(),
                        topics.journal());
    }

    @Test
    void start_is_refused_when_producers_set_the_time_of_inputs() throws Exception {
        topicAdmin.create();
        set(topics.trades(), "message.timestamp.type", "CreateTime");

        assertThatThrownBy(topicAdmin::checkForStart)
                .isInstanceOf(TopicsException.class)
                .hasMessageEndingWith("but %s has CreateTime.", topics.trades());
    }

    @ParameterizedTest
    @CsvSource({
        "journal, cleanup.policy, compact, must be delete: everything else is derived from its entries.",
        "journal, retention.ms, 604800000, must be -1: everything else is derived from its entries.",
        "journal, retention.bytes, 1073741824, must be -1: everything else is derived from its entries.",
        "journal, max.message.bytes, 1048588, must be at least 2097152: an entry holds the whole command that it decides.",
        "dead-letters, max.message.bytes, 2097151, 'must be at least 2097152: a record of any input has to fit, with its cause.'",
        "assets, cleanup.policy, compact, must be delete: every instance has to read the first record of an id before all others.",
        "assets, retention.ms, 604800000, must be -1: every instance has to read the first record of an id before all others.",
        "instruments, cleanup.policy, 'compact,delete', must be delete: every instance has to read the first record of an id before all others.",
        "instruments, retention.bytes, 1073741824, must be -1: every instance has to read the first record of an id before all others.",
    })
    void start_is_refused_when_a_topic_would_lose_what_has_to_stay(String topic, String key, String value, String rule)
            throws Exception {
        topicAdmin.create();
        set(topics.prefix() + topic, key, value);

        assertThatThrownBy(topicAdmin::checkForStart)
                .isInstanceOf(TopicsException.class)
                .hasMessage(
                        "%s%s has %s=%s, which %s Alter it: kafka-configs.sh --alter --entity-type topics --entity-name"
                                + " TOPIC --add-config NAME=VALUE.",
                        topics.prefix(), topic, key, value, rule);
    }

    @Test
    void everything_that_a_topic_would_lose_is_told_at_once() throws Exception {
        topicAdmin.create();
        set(topics.assets(), "cleanup.policy", "compact");
        set(topics.journal(), "retention.ms", "1000");

        assertThatThrownBy(topicAdmin::checkForStart)
                .hasMessageContainingAll(topics.assets() + " has cleanup", topics.journal() + " has retention.ms=1000");
    }

    @Test
    void start_puts_up_with_larger_records_and_with_other_differences() throws Exception {
        topicAdmin.create();
        set(topics.journal(), "max.message.bytes", "4194304");
        set(topics.orders(), "retention.ms", "1000");

        assertThat(topicAdmin.checkForStart()).isEqualTo(new PartitionCounts(4, 4, 4));
    }

    @Test
    void an_unreachable_broker_is_named_as_what_could_not_be_done(@TempDir Path folder) {
        try (var away = EmbeddedBroker.start(folder)) {
            var impatient = Map.<String, Object>of(
                    "bootstrap.servers", away.bootstrapServers(),
                    "default.api.timeout.ms", 500,
                    "request.timeout.ms", 400);
            away.stop();
            try (var client = Admin.create(impatient)) {
                assertThatThrownBy(() -> new TopicAdmin(client, topics).checkForStart())
                        .isInstanceOf(TopicsException.class)
                        .hasMessageStartingWith("Kafka did not describe the topic " + topics.assets())
                        .hasMessageContaining("Timeout");
            }
        }
    }

    private static void set(String topic, String key, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
        waitUntil(() -> find(topic).orElseThrow().configs().get(key).equals(value));
    }

    private static void setPartitions(String topic, int count) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count)))
                .all()
                .get();
        waitUntil(() -> find(topic).orElseThrow().partitions() == count);
    }

    private static void delete(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        waitUntil(() -> find(topic).isEmpty());
    }

    private static Optional<FoundTopic> find(String topic) {
        return Optional.ofNullable(new BrokerTopics(admin).find(List.of(topic)).get(topic));
    }

    /** Brokers confirm a change before they show it. The test's timeout ends the wait. */
    private static void waitUntil(BooleanSupplier shown) throws InterruptedException {
        while (!shown.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}
