package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** Who may write a partition, and from where on. */
class OwnershipTest extends SinkTest {
    @Test
    void a_task_goes_on_where_the_tables_end_whatever_kafka_says() {
        var topic = append(new Topic(2), 100);
        try (var first = worker(topic)) {
            first.start().assignAll().drain(20);
        }
        append(topic, 100);
        try (var second = worker(topic)) {
            second.start().assignAll();

            assertThat(second.positions().get(Topic.partition(0))).isPositive().isEqualTo(nextOffset(0));
            second.drain(30);
        }
        checkTables(topic);
    }

    @Test
    void a_task_that_was_replaced_without_noticing_stops_and_writes_nothing() {
        var topic = append(new Topic(1), 100);
        try (var zombie = worker(topic);
                var successor = worker(topic)) {
            zombie.start().assignAll().deliver(10);
            successor.start().assignAll();
            var before = database.count("journal");

            assertThatThrownBy(() -> zombie.deliver(10))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Partition 0 of " + Topic.NAME + " belongs to writer "
                            + database.value("SELECT owner FROM bursar.sink_offsets"))
                    .hasMessageContaining("and this is writer ");

            assertThat(database.count("journal")).isEqualTo(before);
            successor.drain(10);
            checkTables(topic);
        }
    }

    @Test
    void partitions_move_between_tasks_while_both_run() {
        var topic = append(new Topic(3), 200);
        try (var one = worker(topic);
                var other = worker(topic)) {
            one.start().assignAll().deliver(15);
            other.start();
            one.revoke(1, 2);
            other.assign(1, 2).deliver(15);
            one.deliver(15);
            other.revoke(2);
            one.assign(2).drain(40);
            other.drain(40);
        }
        checkTables(topic);
    }

    @Test
    void a_task_that_gets_its_partition_back_does_not_trust_what_it_knew_of_its_accounts() {
        var topic = append(new Topic(1), 50);
        try (var one = worker(topic);
                var other = worker(topic)) {
            one.start().assignAll().drain(10);
            one.revoke(0);
            append(topic, 50);
            other.start().assignAll().drain(10);
            other.revoke(0);
            append(topic, 50);

            one.assign(0).drain(10);
        }
        checkTables(topic);
    }

    @Test
    void another_topic_under_the_same_name_stops_the_task() {
        var topic = append(new Topic(1), 50);
        try (var worker = worker(topic)) {
            worker.start().assignAll().drain(10);
        }
        var other = new Topic(1).append(new RandomJournal(43, ACCOUNTS).take());
        try (var worker = worker(other)) {
            worker.start().assignAll();

            // What a consumer does that is sent beyond the end of its topic: it begins anew.
            assertThatThrownBy(() -> worker.task.put(other.all()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining(
                            "a record at offset 0 came, where the tables already go up to " + nextOffset(0))
                    .hasMessageContaining("not the one that the tables were filled from");
        }
        checkTables(topic);
    }

    @Test
    void a_change_of_sink_offsets_by_hand_stops_the_task() {
        var topic = append(new Topic(1), 50);
        try (var worker = worker(topic)) {
            worker.start().assignAll().deliver(10);
            database.execute("UPDATE bursar.sink_offsets SET next_offset = next_offset + 1000");

            assertThatThrownBy(() -> worker.deliver(10))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("somebody has changed sink_offsets");
        }
    }

    @Test
    void tables_that_were_emptied_by_hand_are_filled_from_the_beginning() {
        var topic = append(new Topic(2), 50);
        try (var worker = worker(topic)) {
            worker.start().assignAll().drain(10);
            database.execute("DROP SCHEMA bursar CASCADE");
        }
        try (var worker = worker(topic)) {
            worker.start().assignAll().drain(10);
        }
        checkTables(topic);
    }

    private Object nextOffset(int partition) {
        return database.value("SELECT next_offset FROM bursar.sink_offsets WHERE partition = " + partition);
    }
}
