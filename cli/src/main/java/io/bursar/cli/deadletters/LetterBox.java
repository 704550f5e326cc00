package io.bursar.cli.deadletters;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.TopicReader;
import io.bursar.processors.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the dead letters, committed records only. That a letter was sent again is written among them: a mark, which comes
 * into the topic in one transaction with the record. For one thread only.
 */
public final class LetterBox implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final TopicReader reader;
    private final Map<LetterId, Instant> redriven = new HashMap<>();

    /** @param connection stays the caller's, who closes it after this */
    public LetterBox(Connection connection) {
        topic = connection.topics().deadLetters();
        reader = TopicReader.fromBeginning(connection, topic);
    }

    /**
     * Reads on to the end that the topic has at this moment.
     *
     * @param each is given each letter
     * @throws CommandException when nothing comes for too long
     */
    public void readToEnd(Consumer<DeadLetter> each) {
        reader.lookForEnd();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.left() > 0) {
            var polled = reader.poll(POLL);
            for (var record : polled) {
                DeadLetter.of(record).ifPresentOrElse(each, () -> noteMark(record));
            }
            if (!polled.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new CommandException(
                        "%s gave nothing for %d s, %,d offsets before its end: a transaction may be open that nobody ends, or the brokers are in trouble."
                                .formatted(topic, PATIENCE.toSeconds(), reader.left()));
            }
        }
    }

    private void noteMark(ConsumerRecord<byte[], byte[]> record) {
        var mark = record.headers().lastHeader(DeadLetters.REDRIVEN);
        if (mark != null) {
            long offset = Long.parseLong(new String(mark.value(), StandardCharsets.UTF_8));
            redriven.putIfAbsent(new LetterId(record.partition(), offset), Instant.ofEpochMilli(record.timestamp()));
        }
    }

    /**
     * Reads one letter anew, wherever this has read to; goes on behind it.
     *
     * @throws CommandException when there is none
     */
    public DeadLetter letter(LetterId id) {
        return reader.recordAt(id.partition(), id.offset(), PATIENCE)
                .flatMap(DeadLetter::of)
                .orElseThrow(() -> notThere(id, topic));
    }

    /** Says that there is no such letter on the topic. */
    public static CommandException notThere(LetterId id, String topic) {
        return new CommandException(
                "There is no dead letter %s on %s: it is gone with its 30 days, or never was there. `bursar dead-letters list` shows those that are."
                        .formatted(id, topic));
    }

    /** When the letter was sent again for the first time, as far as was read; empty when it was not. */
    public Optional<Instant> redrivenAt(LetterId id) {
        return Optional.ofNullable(redriven.get(id));
    }

    @Override
    public void close() {
        reader.close();
    }
}
