package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** A journal that does not go on as it must is not written. */
class JournalChecksTest extends SinkTest {
    @Test
    void a_gap_in_the_entries_of_an_account_stops_the_task_and_nothing_of_the_batch_is_written() {
        var topic = new Topic(1).append(new RandomJournal(1, 1).steps(30).take());
        var records = new ArrayList<>(topic.all());
        records.remove(4);
        try (var worker = worker(topic)) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.task.put(records))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Account account-0: entry 6")
                    .hasMessageContaining("does not follow entry 4");
        }
        assertThat(database.count("journal")).isZero();
        assertThat(database.count("accounts")).isZero();
    }

    @Test
    void a_gap_is_found_in_what_the_tables_hold_as_well() {
        var topic = new Topic(1).append(new RandomJournal(1, 1).steps(30).take());
        try (var worker = worker(topic)) {
            worker.start().assignAll();
            worker.task.put(topic.all().subList(0, 3));
        }
        try (var worker = worker(topic)) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.task.put(topic.all().subList(4, 8)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("entry 5")
                    .hasMessageContaining("does not follow entry 3");
        }
        assertThat(database.count("journal")).isEqualTo(3);
    }

    @Test
    void an_entry_of_another_journal_stops_the_task() {
        var topic = new Topic(1).append(new RandomJournal(1, 1).steps(30).take());
        var other = new Topic(1).append(new RandomJournal(2, 1).steps(30).take());
        var records = new ArrayList<>(topic.all().subList(0, 9));
        records.add(other.all().get(9));
        try (var worker = worker(topic)) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.task.put(records))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("entry 10")
                    .hasMessageContaining("names another hash for entry 9");
        }
        assertThat(database.count("journal")).isZero();
    }

    @Test
    void bytes_that_are_no_entry_stop_the_task_and_the_message_says_where_they_lie() {
        var topic = append(new Topic(1), 20);
        var bad = topic.append(0, "account-0", new byte[] {1, 2, 3});
        try (var worker = worker(topic)) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.deliver(1_000))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("Topic " + Topic.NAME + ", partition 0, offset " + bad.kafkaOffset())
                    .hasMessageContaining("holds no journal entry");
        }
        assertThat(database.count("journal")).isZero();
    }

    @Test
    void a_deletion_is_no_entry() {
        var topic = append(new Topic(1), 20);
        topic.append(0, "account-0", null);
        try (var worker = worker(topic)) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.deliver(1_000)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void bytes_that_are_no_entry_are_reported_and_left_out_where_the_worker_tolerates_errors() {
        var topic = append(new Topic(1), 20);
        List<SinkRecord> good = topic.all();
        var bad = topic.append(0, "account-0", new byte[] {0, 0, 0, 0, 99, 1});
        try (var worker = worker(topic).toleratingErrors()) {
            worker.start().assignAll().drain(1_000);

            assertThat(worker.reported).containsExactly(bad);
        }
        Expected.of(good).check(database, "bursar");
    }

    @Test
    void an_entry_that_was_left_out_stops_the_task_at_the_next_one_of_its_account() {
        var journal = new RandomJournal(1, 1);
        var topic = new Topic(1).append(journal.take());
        var entries = journal.steps(10).take();
        var broken = entries.getFirst().bytes.clone();
        broken[0] = 9;
        topic.append(0, "account-0", broken);
        topic.append(entries.subList(1, entries.size()));
        try (var worker = worker(topic).toleratingErrors()) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.deliver(1_000))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("does not follow entry");
        }
    }

    @Test
    void a_value_that_a_converter_has_changed_is_refused_with_the_setting_to_change() {
        var topic = new Topic(1);
        topic.append(0, "account-0", "text");
        try (var worker = worker(topic)) {
            worker.start().assignAll();

            assertThatThrownBy(() -> worker.deliver(10))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("value.converter=org.apache.kafka.connect.converters.ByteArrayConverter");
        }
    }

    @Test
    void a_registry_that_cannot_be_reached_is_waited_for() {
        var topic = append(new Topic(1), 20);
        registry.setDown(true);
        try (var worker = worker(topic)) {
            worker.start().assignAll();
            assertThat(worker.tryDeliver(1_000)).isFalse();
            assertThat(worker.timeoutMs()).isBetween(125L, 250L);

            registry.setDown(false);
            assertThat(worker.tryDeliver(1_000)).isTrue();
        }
        checkTables(topic);
    }
}
