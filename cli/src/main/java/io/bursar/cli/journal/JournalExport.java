package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.progress.Text;
import io.bursar.cli.verify.JournalChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes the journal of a running system to a file, and checks it meanwhile. Runs once, on one thread. */
public final class JournalExport {
    private static final int MOST_FAULTS = 20;

    private final TopicSource source;
    private final Path file;

    /**
     * Has read nothing yet.
     *
     * @param connection stays the caller's
     * @param file must not be there yet
     */
    public JournalExport(Connection connection, Path file) {
        this.source = new TopicSource(connection, connection.topics().journal());
        this.file = file;
    }

    /**
     * Reads the committed entries up to the ends that the partitions have now. The file gets its name when it is whole.
     *
     * @return what was written, in a sentence
     * @throws CommandException when the journal breaks its rules, cannot be read, or the file cannot be written
     */
    public String run() {
        if (Files.exists(file)) {
            throw new CommandException(file + " is there already: an export does not write over it.");
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            var checker = write(part);
            requireSound(source, checker);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return "%s: %s entries of %s accounts, %s bytes."
                    .formatted(
                            file,
                            Text.count(checker.audit().entries()),
                            Text.count(checker.audit().accounts().size()),
                            Text.count(Files.size(file)));
        } catch (IOException | UncheckedIOException e) {
            throw new CommandException(
                    "%s cannot be written: %s. What is there of it is in %s.".formatted(file, e.getMessage(), part), e);
        }
    }

    private JournalChecker write(Path part) throws IOException {
        try (var writer = new JournalFileWriter(part, source.name(), source.schemas())) {
            var checker = new JournalChecker(source.schemas(), MOST_FAULTS);
            source.read(record -> {
                var entry =
                        checker.check(source.name(), record.partition(), record.offset(), record.key(), record.value());
                if (entry != null) {
                    try {
                        writer.write(record);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            writer.end();
            return checker;
        }
    }

    /** Throws when something is wrong with single records or entries of a journal that was read. */
    static void requireSound(JournalSource source, JournalChecker checker) {
        List<String> faults = checker.faults();
        if (!faults.isEmpty()) {
            throw new CommandException("%s is not sound:%n  %s"
                    .formatted(source.name(), String.join(System.lineSeparator() + "  ", faults)));
        }
    }

    /** What it is at, in a few words; for any thread. */
    public String progress() {
        return "exported " + source.done();
    }
}
