package io.bursar.stack;

import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.schemas.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the journal from its beginning. For one thread at a time. */
public final class JournalReader implements AutoCloseable {
    private final TopicReader reader;
    private final AvroDeserializer<JournalEntry> deserializer;
    private final JournalHash hash = new JournalHash();

    /**
     * An entry as it lies in the journal.
     *
     * @param key of its record
     * @param at the timestamp of its record
     * @param isSealed whether it carries the hash of its content
     */
    public record Journalled(String key, Instant at, JournalEntry entry, boolean isSealed) {}

    JournalReader(String bootstrapServers, String topic, SchemaRegistry registry) {
        reader = new TopicReader(bootstrapServers, List.of(topic));
        deserializer = new AvroDeserializer<>(JournalEntry.class, registry);
    }

    /** What has come since the last call; empty after a moment when there is nothing. */
    public List<Journalled> poll() {
        return read(reader.poll());
    }

    /** All that is left up to the end that the journal has now. */
    public List<Journalled> readToEnd() {
        return read(reader.readToEnd());
    }

    /**
     * Reads on up to the first entry that is wanted.
     *
     * @throws AssertionError after that time
     */
    public Journalled await(String what, Duration atMost, Predicate<JournalEntry> isWanted) {
        var found = new ArrayList<Journalled>();
        Wait.until("the journal has " + what, atMost, () -> {
            poll().stream()
                    .filter(journalled -> isWanted.test(journalled.entry()))
                    .forEach(found::add);
            return found.isEmpty() ? Optional.of("no such entry") : Optional.empty();
        });
        return found.getFirst();
    }

    @Override
    public void close() {
        reader.close();
        deserializer.close();
    }

    private List<Journalled> read(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(this::read).toList();
    }

    private Journalled read(ConsumerRecord<byte[], byte[]> record) {
        return new Journalled(
                new String(record.key(), StandardCharsets.UTF_8),
                Instant.ofEpochMilli(record.timestamp()),
                deserializer.deserialize(record.topic(), record.value()),
                hash.isValid(record.value()));
    }
}
