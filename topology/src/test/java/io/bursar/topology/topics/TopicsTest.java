package io.bursar.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.topology.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final int MIB = 1 << 20;

    private final Topics topics = Topics.from(Settings.load());

    @Test
    void names_begin_with_the_prefix() {
        assertThat(topics.specs().stream().map(TopicSpec::name))
                .containsExactly(
                        "bursar.assets",
                        "bursar.instruments",
                        "bursar.accounts",
                        "bursar.balance-updates",
                        "bursar.orders",
                        "bursar.fills",
                        "bursar.transfers",
                        "bursar.trades",
                        "bursar.journal",
                        "bursar.replies",
                        "bursar.dead-letters",
                        "bursar.api-keys",
                        "bursar.api-key-uses",
                        "bursar.audit",
                        "bursar.broker-accounts",
                        "bursar.tokens",
                        "bursar.operations",
                        "bursar.token-refreshes",
                        "bursar.broker-account-states",
                        "bursar.token-history");
        assertThat(new Topics("", 1, 1).orders()).isEqualTo("orders");
    }

    @Test
    void only_reference_data_keys_and_broker_accounts_are_in_one_partition() {
        var single = topics.specs().stream()
                .filter(spec -> spec.partitions() == 1)
                .map(TopicSpec::name)
                .collect(Collectors.toSet());

        assertThat(single)
                .isEqualTo(Set.of(
                        topics.assets(),
                        topics.instruments(),
                        topics.apiKeys(),
                        topics.apiKeyUses(),
                        topics.audit(),
                        topics.brokerAccounts(),
                        topics.tokens(),
                        topics.operations(),
                        topics.brokerAccountStates(),
                        topics.tokenHistory()));
        assertThat(topics.specs())
                .allSatisfy(spec -> assertThat(spec.partitions()).isIn(1, 12));
    }

    @Test
    void the_journal_is_kept_for_ever_and_takes_more_than_any_input() {
        assertThat(configs(topics.journal()))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1")
                .containsEntry("max.message.bytes", String.valueOf(2 * MIB));
        assertThat(topics.inputs())
                .allSatisfy(
                        input -> assertThat(configs(input)).containsEntry("max.message.bytes", String.valueOf(MIB)));
    }

    @Test
    void assets_and_instruments_are_kept_for_ever_in_full() {
        assertThat(List.of(topics.assets(), topics.instruments()))
                .allSatisfy(topic -> assertThat(configs(topic))
                        .containsEntry("cleanup.policy", "delete")
                        .containsEntry("retention.ms", "-1")
                        .containsEntry("retention.bytes", "-1")
                        .containsEntry("max.message.bytes", String.valueOf(MIB)));
    }

    @Test
    void the_last_state_of_each_key_is_kept_for_ever_and_the_audit_for_a_quarter() {
        assertThat(configs(topics.apiKeys())).containsEntry("cleanup.policy", "compact");
        assertThat(configs(topics.apiKeyUses())).containsEntry("cleanup.policy", "compact");
        assertThat(configs(topics.brokerAccountStates())).containsEntry("cleanup.policy", "compact");
        assertThat(configs(topics.tokenHistory())).containsEntry("cleanup.policy", "compact");
        assertThat(configs(topics.audit()))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "7776000000");
    }

    @Test
    void inputs_have_the_brokers_time() {
        assertThat(topics.inputs())
                .hasSize(6)
                .allSatisfy(
                        input -> assertThat(configs(input)).containsEntry("message.timestamp.type", "LogAppendTime"));
        assertThat(topics.deskInputs())
                .hasSize(3)
                .allSatisfy(
                        input -> assertThat(configs(input)).containsEntry("message.timestamp.type", "LogAppendTime"));
        assertThat(configs(topics.journal())).doesNotContainKey("message.timestamp.type");
    }

    @Test
    void commands_of_the_back_office_are_kept_longer_than_orders_and_replies_shortest() {
        assertThat(configs(topics.accounts())).containsEntry("retention.ms", "2592000000");
        assertThat(configs(topics.orders())).containsEntry("retention.ms", "604800000");
        assertThat(configs(topics.replies())).containsEntry("retention.ms", "3600000");
    }

    @Test
    void a_write_needs_two_replicas_once_there_are_three() {
        assertThat(new Topics("", 1, 1).minInsyncReplicas()).isEqualTo(1);
        assertThat(new Topics("", 1, 2).minInsyncReplicas()).isEqualTo(1);
        assertThat(topics.minInsyncReplicas()).isEqualTo(2);
        assertThat(topics.specs())
                .allSatisfy(spec -> assertThat(spec.configs()).containsEntry("min.insync.replicas", "2"));
    }

    private Map<String, String> configs(String topic) {
        return topics.specs().stream()
                .filter(spec -> spec.name().equals(topic))
                .findFirst()
                .orElseThrow()
                .configs();
    }
}
