package io.bursar.connect.postgres;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A database, a registry, and what tests of the sink do with both. */
abstract class SinkTest {
    static final int ACCOUNTS = 4;

    final RegistryStub registry = new RegistryStub();
    final TestDatabase database = new TestDatabase();
    final RandomJournal journal = new RandomJournal(42, ACCOUNTS);

    @AfterEach
    void close() {
        registry.close();
        database.close();
    }

    Map<String, String> settings() {
        return Worker.settings(database.url(), registry.url());
    }

    Worker worker(Topic topic) {
        return new Worker(topic, settings());
    }

    Worker worker(Topic topic, String setting, String value) {
        var settings = settings();
        settings.put(setting, value);
        return new Worker(topic, settings);
    }

    /** All that the journal has written since the last call. */
    Topic append(Topic topic, int steps) {
        return topic.append(journal.steps(steps).take());
    }

    void checkTables(Topic topic) {
        Expected.of(topic.all()).check(database, "bursar");
    }
}
