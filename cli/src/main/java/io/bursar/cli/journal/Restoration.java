package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.progress.Text;
import io.bursar.cli.verify.JournalChecker;
import io.bursar.processors.JournalReplay;
import io.bursar.topology.LedgerChangelog;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.TopicAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes the state of an installation anew from a journal: folds it into the rows of the ledger store and writes them to the
 * changelog, from which the instances restore their stores when they start. Runs once, on one thread.
 */
public final class Restoration {
    private static final int MOST_FAULTS = 20;

    private final Connection connection;
    private final Settings settings;
    private final JournalSource source;
    private volatile Supplier<String> progress;

    /**
     * Has read nothing yet.
     *
     * @param connection stays the caller's
     * @param journal a file, or else a topic; any other than the installation's own journal is copied to that as well
     */
    public Restoration(Connection connection, Settings settings, String journal) {
        this.connection = connection;
        this.settings = settings;
        var file = Path.of(journal);
        this.source = Files.isRegularFile(file) ? new FileSource(file) : new TopicSource(connection, journal);
        this.progress = () -> "folded " + source.done();
    }

    /**
     * Checks that the installation is empty and does not run, then restores it.
     *
     * @return what was restored, in a sentence
     * @throws CommandException when something is in the way, the journal is not sound, or it cannot be written
     */
    public String run() {
        var ownJournal = connection.topics().journal();
        boolean copies = !source.name().equals(ownJournal);
        try (var admin = connection.admin()) {
            int partitions =
                    new TopicAdmin(admin, connection.topics()).checkForStart().accounts();
            var emptiness = new Emptiness(admin);
            emptiness.requireNoInstance(connection.applicationId());
            requireEmptyChangelog(emptiness);
            if (copies) {
                emptiness.requireEmpty(ownJournal, partitions);
            }
            return inTemporaryFolder(folder -> restore(folder, admin, partitions, copies));
        }
    }

    private void requireEmptyChangelog(Emptiness emptiness) {
        var changelog = LedgerChangelog.name(settings);
        emptiness.partitions(changelog).ifPresent(found -> emptiness.requireEmpty(changelog, found));
    }

    private String restore(Path folder, Admin admin, int partitions, boolean copies) {
        var checker = new JournalChecker(source.schemas(), MOST_FAULTS);
        try (var replay = new JournalReplay(folder, settings.ledgerRules())) {
            source.read(record -> {
                var entry =
                        checker.check(source.name(), record.partition(), record.offset(), record.key(), record.value());
                // What is not sound may not fold either, and nothing will come of it.
                if (entry != null && checker.isSound()) {
                    replay.apply(entry);
                }
            });
            JournalExport.requireSound(source, checker);
            progress = () -> "forgetting what is past its memory";
            replay.forget();
            long entries = checker.audit().entries();
            if (copies) {
                copyJournal(partitions, entries);
            }
            makeChangelog(admin, partitions);
            long rows = writeRows(replay, partitions);
            return "%s rows of %s accounts from %s entries of %s. The next start of Bursar restores its stores from them."
                    .formatted(
                            Text.count(rows),
                            Text.count(checker.audit().accounts().size()),
                            Text.count(entries),
                            source.name());
        }
    }

    private void copyJournal(int partitions, long entries) {
        try (var producer = new EntryProducer(connection)) {
            progress = () -> "journal entries written %s of %s"
                    .formatted(Text.count(producer.acknowledged()), Text.count(entries));
            JournalImport.write(source, producer, connection.topics().journal(), partitions);
        }
    }

    private void makeChangelog(Admin admin, int partitions) {
        var topic = LedgerChangelog.topic(settings, partitions);
        var found = new Emptiness(admin).partitions(topic.name());
        if (found.isPresent()) {
            if (found.get() != partitions) {
                throw new CommandException("%s has %d partitions, but the topics keyed by account have %d: delete it."
                        .formatted(topic.name(), found.get(), partitions));
            }
            return;
        }
        try {
            admin.createTopics(Set.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new CommandException(
                    "%s cannot be made: %s".formatted(topic.name(), e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while " + topic.name() + " is made", e);
        }
    }

    private long writeRows(JournalReplay replay, int partitions) {
        var changelog = LedgerChangelog.name(settings);
        try (var producer = new EntryProducer(connection)) {
            progress = () -> "rows written " + Text.count(producer.acknowledged());
            replay.forEachRow((accountId, key, value) -> {
                int partition = EntryProducer.partition(accountId.getBytes(StandardCharsets.UTF_8), partitions);
                producer.send(new ProducerRecord<>(changelog, partition, key.get(), value));
            });
            producer.flush();
            return producer.acknowledged();
        }
    }

    private static String inTemporaryFolder(Function<Path, String> work) {
        try {
            var folder = Files.createTempDirectory("bursar-restore-");
            try {
                return work.apply(folder);
            } finally {
                try (var files = Files.walk(folder)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new CommandException("The temporary folder for the rows fails: " + e.getMessage(), e);
        }
    }

    /** What it is at, in a few words; for any thread. */
    public String progress() {
        return progress.get();
    }
}
