package io.bursar.cli.demo.replay;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.TopicReader;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.serde.AvroDeserializer;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** Follows the journal from now on, on a thread of its own, until closed. */
public final class JournalWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final TopicReader reader;
    private final String topic;
    private final AvroDeserializer<JournalEntry> deserializer;
    private final Decisions decisions;
    private final Thread thread = new Thread(this::follow, "demo-journal");
    private volatile boolean closed;

    /** Every entry that is written after this returns will be seen, once it has begun. */
    public JournalWatch(Connection connection, Decisions decisions) {
        this.topic = connection.topics().journal();
        this.reader = TopicReader.fromEnd(connection, topic);
        this.deserializer = new AvroDeserializer<>(JournalEntry.class, connection.registry());
        this.decisions = decisions;
    }

    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try (reader) {
            while (!closed) {
                var entries = reader.poll(POLL).stream()
                        .map(record -> deserializer.deserialize(topic, record.value()))
                        .toList();
                if (!entries.isEmpty()) {
                    decisions.observe(entries);
                }
            }
        } catch (KafkaException e) {
            decisions.fail(new CommandException("The journal cannot be read: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            decisions.fail(e);
        }
    }

    /** Returns when the thread has ended, or at once when this thread is interrupted: the other one ends by itself. */
    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            reader.close();
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
