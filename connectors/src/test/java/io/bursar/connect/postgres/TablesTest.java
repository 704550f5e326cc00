package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is in the tables is what the journal folds to, row by row. */
class TablesTest {
    @Test
    void first_run() {
        try (var registry = new RegistryStub();
                var database = new TestDatabase()) {
            var topic = new Topic(3).append(new RandomJournal(1, 5).steps(500).take());
            try (var worker = new Worker(topic, Worker.settings(database.url(), registry.url()))) {
                worker.start().assignAll().drain(100);
            }
            assertThat(database.count("journal")).isEqualTo(topic.all().size());
        }
    }
}
