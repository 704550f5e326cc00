package io.bursar.cli.verify;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.TopicReader;
import io.bursar.schemas.JournalEntry;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the whole journal and checks it. Used by one thread, except for {@link #entries} and {@link #left}. */
final class JournalReading implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final TopicReader reader;
    private final JournalChecker checker;
    private volatile long entries;
    private volatile long left;

    /**
     * Has read nothing yet.
     *
     * @param mostFaults of each kind that are told
     */
    JournalReading(Connection connection, int mostFaults) {
        this.topic = connection.topics().journal();
        this.reader = TopicReader.fromBeginning(connection, topic);
        this.checker = new JournalChecker(connection.registry(), mostFaults);
        this.left = reader.left();
    }

    /**
     * Reads on to the end that the journal has at this moment.
     *
     * @param each is given every entry once the audit has taken it
     * @throws CommandException when nothing comes for too long
     */
    void readToEnd(Consumer<JournalEntry> each) {
        reader.lookForEnd();
        left = reader.left();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (left > 0) {
            var records = reader.poll(POLL);
            for (var record : records) {
                var entry = checker.check(topic, record.partition(), record.offset(), record.key(), record.value());
                if (entry != null) {
                    each.accept(entry);
                }
            }
            entries = checker.audit().entries();
            left = reader.left();
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new CommandException(
                        "The journal gave nothing for %d s, %,d offsets before its end: a transaction may be open that nobody ends, or the brokers are in trouble."
                                .formatted(PATIENCE.toSeconds(), left));
            }
        }
    }

    /** What was read so far. */
    JournalChecker checker() {
        return checker;
    }

    /** How many entries were read so far. */
    long entries() {
        return entries;
    }

    /** How many offsets are left up to the end that was last looked for. */
    long left() {
        return left;
    }

    @Override
    public void close() {
        reader.close();
    }
}
