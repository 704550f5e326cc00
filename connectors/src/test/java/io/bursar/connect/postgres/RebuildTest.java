package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.connect.JournalDecoder;
import io.bursar.connect.postgres.Rebuild.Result;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

/** New tables in the place of old ones, while the sink writes. */
class RebuildTest extends SinkTest {
    private static final int MOST_PER_POLL = 25;
    private static final int MOST_ENTRIES = 2_000;

    @Test
    void new_tables_take_the_place_of_the_old_ones_and_the_live_task_goes_on_in_them() throws Exception {
        var topic = append(new Topic(3), 300);
        try (var worker = worker(topic)) {
            worker.start().assignAll().deliver(20);
            database.execute("UPDATE bursar.balances SET total_units = total_units + 1");

            var result = rebuild(topic, () -> {});

            assertThat(result.entries()).isEqualTo(topic.all().size());
            append(topic, 50);
            worker.drain(40);
            checkTables(topic);
            assertThat(database.value(
                            "SELECT count(*) FROM " + result.replaced().quoted() + ".journal"))
                    .isEqualTo(60L);
        }
    }

    @Test
    void a_live_task_that_writes_all_the_time_is_caught_up_with() throws Exception {
        var topic = append(new Topic(2), 200);
        var isRebuilt = new AtomicBoolean();
        try (var worker = worker(topic);
                var threads = Executors.newSingleThreadExecutor()) {
            worker.start().assignAll().drain(50);
            var live = threads.submit(() -> {
                while (!isRebuilt.get()) {
                    if (topic.all().size() < MOST_ENTRIES) {
                        append(topic, 20);
                    }
                    worker.tryDeliver(1_000);
                }
                return topic.all().size();
            });
            int before = topic.all().size();
            var result = rebuild(topic, () -> {
                // The live task gets ahead of the new tables.
                while (topic.all().size() < Math.min(MOST_ENTRIES, 2 * before)) {
                    Thread.onSpinWait();
                }
            });
            isRebuilt.set(true);

            assertThat(live.get()).isGreaterThan(before);
            assertThat(result.entries()).isGreaterThan(before);
            append(topic, 50);
            while (!worker.isAtEnd()) {
                worker.tryDeliver(50);
            }
        }
        checkTables(topic);
    }

    @Test
    void a_task_that_waits_for_its_row_while_tables_are_swapped_writes_to_neither() throws Exception {
        var topic = append(new Topic(1), 100);
        try (var worker = worker(topic);
                var swap = database.connect()) {
            worker.start().assignAll().deliver(20);
            swap.setAutoCommit(false);
            try (var statement = swap.createStatement()) {
                statement.execute("UPDATE bursar.sink_offsets SET owner = NULL");
            }
            var waiting = Thread.ofPlatform().start(() -> worker.deliver(20));
            while (database.rows("SELECT 1 FROM pg_stat_activity WHERE application_name = 'bursar-sink'"
                            + " AND wait_event_type = 'Lock'")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            try (var statement = swap.createStatement()) {
                statement.execute("ALTER SCHEMA bursar RENAME TO bursar_old");
                statement.execute("CREATE SCHEMA bursar");
            }
            try (var migrating = Database.migrating(database.url(), TestDatabase.USER, "")) {
                // Tables for the new name, which nobody else sees before the swap is committed.
                Migrations.apply(migrating, new Schema("bursar_new"));
            }
            try (var statement = swap.createStatement()) {
                statement.execute("DROP SCHEMA bursar");
                statement.execute("ALTER SCHEMA bursar_new RENAME TO bursar");
            }
            swap.commit();
            waiting.join();

            assertThat(database.value("SELECT count(*) FROM bursar_old.journal"))
                    .isEqualTo(20L);
            assertThat(database.count("journal")).isZero();
            worker.drain(30);
            checkTables(topic);
        }
    }

    @Test
    void without_tables_the_new_ones_are_the_first() throws Exception {
        var topic = append(new Topic(2), 100);

        var result = rebuild(topic, () -> {});

        assertThat(result.replaced()).isNull();
        checkTables(topic);
        append(topic, 30);
        try (var worker = worker(topic)) {
            worker.start().assignAll().drain(20);
        }
        checkTables(topic);
    }

    @Test
    void what_a_rebuild_left_behind_when_it_failed_does_not_hinder_the_next() throws Exception {
        var topic = append(new Topic(2), 100);
        assertThatThrownBy(() -> rebuild(topic, () -> {
                    throw new IllegalStateException("as if killed");
                }))
                .hasMessage("as if killed");

        rebuild(topic, () -> {});

        checkTables(topic);
    }

    @Test
    void tables_that_hold_more_than_the_topic_are_not_replaced() {
        var topic = append(new Topic(1), 100);
        try (var worker = worker(topic)) {
            worker.start().assignAll().drain(50);
        }
        var shorter = new Topic(1).append(new RandomJournal(42, ACCOUNTS).take());

        assertThatThrownBy(() -> rebuild(shorter, () -> {}))
                .isInstanceOf(SinkConflictException.class)
                .hasMessageContaining("filled from another topic");
        checkTables(topic);
    }

    @Test
    void who_may_read_the_old_tables_may_read_the_new_ones() throws Exception {
        var topic = append(new Topic(1), 30);
        try (var worker = worker(topic)) {
            worker.start().assignAll().drain(50);
        }
        database.execute("CREATE ROLE \"re ader\"");
        database.execute("GRANT USAGE ON SCHEMA bursar TO \"re ader\"");
        database.execute("GRANT SELECT ON bursar.balances, bursar.trial_balance, bursar.journal TO \"re ader\"");

        rebuild(topic, () -> {});

        database.execute("SET ROLE \"re ader\"");
        assertThat(database.count("balances")).isPositive();
        assertThat(database.count("journal")).isPositive();
        assertThat(database.count("trial_balance")).isPositive();
        database.execute("RESET ROLE");
    }

    private Result rebuild(Topic topic, Runnable atEachPoll) throws SQLException, InterruptedException {
        return rebuild(database, registry, topic, atEachPoll);
    }

    static Result rebuild(TestDatabase database, RegistryStub registry, Topic topic)
            throws SQLException, InterruptedException {
        return rebuild(database, registry, topic, () -> {});
    }

    private static Result rebuild(TestDatabase database, RegistryStub registry, Topic topic, Runnable atEachPoll)
            throws SQLException, InterruptedException {
        var entries = new AtomicLong();
        try (var connections = Database.connections(database.url(), TestDatabase.USER, "", 2);
                var migrating = Database.migrating(database.url(), TestDatabase.USER, "");
                var decoder = JournalDecoder.of(Map.of("schema.registry.url", registry.url()));
                var consumer = consumer(topic, atEachPoll)) {
            var result = new Rebuild(
                            consumer,
                            decoder,
                            connections,
                            migrating,
                            new Schema("bursar"),
                            Topic.NAME,
                            (written, left) -> entries.set(written))
                    .run();
            assertThat(entries).hasValue(result.entries());
            return result;
        }
    }

    /** Reads the topic as it is at each poll. */
    private static MockConsumer<byte[], byte[]> consumer(Topic topic, Runnable atEachPoll) {
        var consumer = new MockConsumer<byte[], byte[]>("none") {
            @Override
            public synchronized Map<org.apache.kafka.common.TopicPartition, Long> endOffsets(
                    java.util.Collection<org.apache.kafka.common.TopicPartition> partitions) {
                var ends = new HashMap<org.apache.kafka.common.TopicPartition, Long>();
                partitions.forEach(partition -> ends.put(partition, topic.end(partition.partition())));
                return ends;
            }

            @Override
            public synchronized org.apache.kafka.clients.consumer.ConsumerRecords<byte[], byte[]> poll(
                    java.time.Duration timeout) {
                atEachPoll.run();
                for (var partition : assignment()) {
                    topic.from(partition.partition(), position(partition)).stream()
                            .limit(MOST_PER_POLL)
                            .forEach(record -> addRecord(new ConsumerRecord<>(
                                    Topic.NAME,
                                    partition.partition(),
                                    record.kafkaOffset(),
                                    record.key().toString().getBytes(StandardCharsets.UTF_8),
                                    (byte[]) record.value())));
                }
                return super.poll(timeout);
            }
        };
        var partitions = Worker.partitions(topic).stream()
                .map(partition -> new PartitionInfo(Topic.NAME, partition, null, null, null))
                .toList();
        consumer.updatePartitions(Topic.NAME, List.copyOf(partitions));
        return consumer;
    }
}
