package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.progress.Text;
import io.bursar.cli.verify.JournalChecker;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Writes the journal in a file to the empty journal topic of a system. Runs once, on one thread. */
public final class JournalImport {
    private static final int MOST_FAULTS = 20;

    private final Connection connection;
    private final JournalSource source;
    private volatile Supplier<String> progress;

    /** @param connection stays the caller's */
    public JournalImport(Connection connection, Path file) {
        this.connection = connection;
        this.source = new FileSource(file);
        this.progress = () -> "checked " + source.done();
    }

    /**
     * Checks all of the file, then writes it. Partitions are chosen by the keys, so their number may be another.
     *
     * @return what was written, in a sentence
     * @throws CommandException when the topic is missing or not empty, the file does not verify, or it cannot be written
     */
    public String run() {
        var journal = connection.topics().journal();
        try (var admin = connection.admin()) {
            var emptiness = new Emptiness(admin);
            int partitions = emptiness
                    .partitions(journal)
                    .orElseThrow(() -> new CommandException(
                            "There is no topic %s: `bursar topics create` makes it.".formatted(journal)));
            emptiness.requireEmpty(journal, partitions);
            var checker = new JournalChecker(source.schemas(), MOST_FAULTS);
            source.read(record -> {
                var unused =
                        checker.check(source.name(), record.partition(), record.offset(), record.key(), record.value());
            });
            JournalExport.requireSound(source, checker);
            try (var producer = new EntryProducer(connection)) {
                progress = () -> "written %s of %s entries"
                        .formatted(
                                Text.count(producer.acknowledged()),
                                Text.count(checker.audit().entries()));
                write(source, producer, journal, partitions);
            }
            return "%s: %s entries of %s accounts."
                    .formatted(
                            journal,
                            Text.count(checker.audit().entries()),
                            Text.count(checker.audit().accounts().size()));
        }
    }

    /** Writes all entries of a source that was found sound. */
    static void write(JournalSource source, EntryProducer producer, String journal, int partitions) {
        source.read(record -> producer.writeEntry(record, source, journal, partitions));
        producer.flush();
    }

    /** What it is at, in a few words; for any thread. */
    public String progress() {
        return progress.get();
    }
}
