package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the tables is what the ledger's own fold makes of the journal, row by row. */
class TablesTest {
    private static final int ACCOUNTS = 6;

    private final RegistryStub registry = new RegistryStub();
    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        registry.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_tables_are_the_fold_of_the_journal(long seed) {
        var random = new SplittableRandom(seed);
        var journal = new RandomJournal(seed, ACCOUNTS);
        var topic = new Topic(3);
        try (var worker = worker(topic)) {
            worker.start().assignAll();
            for (int i = 0; i < 8; i++) {
                topic.append(journal.steps(150).take());
                worker.drain(random.nextInt(1, 120));
                if (i % 3 == 0) {
                    Expected.of(topic.all()).check(database, "bursar");
                }
            }
        }
        Expected.of(topic.all()).check(database, "bursar");
    }

    @Test
    void everything_that_an_entry_can_record_was_among_it() {
        var entries = Expected.of(new Topic(1)
                        .append(new RandomJournal(1, ACCOUNTS).steps(1_200).take())
                        .all())
                .entries();
        Map<String, Long> kinds = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getBody().getClass().getSimpleName(), Collectors.counting()));

        var bodies = JournalEntry.getClassSchema().getField("body").schema().getTypes().stream()
                .map(type -> type.getName())
                .toList();
        assertThat(kinds).containsKeys(bodies.toArray(String[]::new));
        assertThat(entries).anyMatch(entry -> entry.getLot() != null);
    }

    @Test
    void every_entry_in_a_batch_of_its_own_leaves_the_same_as_all_in_one() {
        var topic =
                new Topic(2).append(new RandomJournal(9, ACCOUNTS).steps(300).take());
        try (var other = new TestDatabase();
                var single = worker(topic);
                var whole = new Worker(topic, Worker.settings(other.url(), registry.url()))) {
            single.start().assignAll().drain(1);
            whole.start().assignAll().drain(Integer.MAX_VALUE);

            Expected.of(topic.all()).check(database, "bursar");
            Expected.of(topic.all()).check(other, "bursar");
        }
    }

    @Test
    void text_that_the_database_cannot_store_is_stored_with_a_mark_in_its_place() {
        var journal = new RandomJournal(1, 1);
        var topic = new Topic(1).append(journal.take());
        journal.command("account-0", new io.bursar.schemas.UpdateAccount("a\u0000b", null, null));
        topic.append(journal.take());
        try (var worker = worker(topic)) {
            worker.start().assignAll().drain(100);
        }

        assertThat(database.value("SELECT name FROM bursar.accounts")).isEqualTo("a\uFFFDb");
        assertThat(
                        database.rows(
                                "SELECT body -> 'update' ->> 'name' AS name FROM bursar.journal ORDER BY sequence DESC LIMIT 1"))
                .isEqualTo(List.of(Map.of("name", "a\uFFFDb")));
    }

    private Worker worker(Topic topic) {
        return new Worker(topic, Worker.settings(database.url(), registry.url()));
    }
}
