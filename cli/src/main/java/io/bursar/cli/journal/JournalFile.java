package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * The format of journal files: an Avro object container file, compressed with zstd. Its items are the records of the
 * journal, each schema before the first entry that names it, and an end.
 */
final class JournalFile {
    /** Names the topic in the file's metadata. */
    static final String TOPIC = "bursar.journal.topic";

    /** Of all items. */
    static final Schema SCHEMA = load();

    static final Schema WRITER_SCHEMA = SCHEMA.getTypes().get(0);
    static final Schema ENTRY = SCHEMA.getTypes().get(1);
    static final Schema HEADER = ENTRY.getField("headers").schema().getElementType();
    static final Schema END = SCHEMA.getTypes().get(2);

    private JournalFile() {}

    private static Schema load() {
        try (var text = JournalFile.class.getResourceAsStream("journal-file.avsc")) {
            return new Schema.Parser().parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of journal files is missing in this build", e);
        }
    }

    static CommandException unreadable(Object file, Exception cause) {
        return new CommandException(
                "%s cannot be read as a journal file: %s".formatted(file, cause.getMessage()), cause);
    }
}
