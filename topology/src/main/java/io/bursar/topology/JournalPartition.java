package io.bursar.topology;

import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemasById;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the whole partition that the account's entries lie in, and holds no more of it than one fetch brings. */
final class JournalPartition implements AccountJournal {
    /** Bounds what waits in memory while whoever is told the entries is slow. */
    private static final int MOST_FETCHED_BYTES = 1 << 20;

    /** Whoever asks waits for the answer, and brokers that are there answer in milliseconds. */
    private static final int TIMEOUT_MS = 5_000;

    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder<JournalEntry> decoder;
    private final byte[] key;

    private JournalPartition(Consumer<byte[], byte[]> consumer, RecordDecoder<JournalEntry> decoder, byte[] key) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.key = key;
    }

    /** See {@link Bursar#journalOf}. */
    static AccountJournal open(
            Settings settings, SchemasById schemas, int partitions, String accountId, OptionalLong after) {
        var partition =
                new TopicPartition(Topics.from(settings).journal(), AccountPartitions.of(accountId, partitions));
        var consumer = consumer(settings);
        try {
            consumer.assign(Set.of(partition));
            seek(consumer, partition, after);
        } catch (KafkaException e) {
            consumer.close();
            throw new UnavailableException("the journal cannot be read at the moment", e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        return new JournalPartition(
                consumer, new RecordDecoder<>(JournalEntry.class, schemas), accountId.getBytes(StandardCharsets.UTF_8));
    }

    private static Consumer<byte[], byte[]> consumer(Settings settings) {
        var properties = settings.kafkaConsumer();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_FETCHED_BYTES);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MOST_FETCHED_BYTES);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void seek(Consumer<byte[], byte[]> consumer, TopicPartition partition, OptionalLong after) {
        long end = consumer.endOffsets(Set.of(partition)).get(partition);
        if (after.isEmpty()) {
            consumer.seek(partition, end);
            return;
        }
        long from = after.getAsLong() + 1;
        if (from == 0) {
            consumer.seekToBeginning(Set.of(partition));
            return;
        }
        if (from > end) {
            throw new IllegalArgumentException(
                    "partition " + partition + " ends at offset " + end + ", before " + from);
        }
        consumer.seek(partition, from);
    }

    @Override
    public List<Numbered> poll(Duration atMost) {
        var found = new ArrayList<Numbered>();
        for (var record : consumer.poll(atMost)) {
            if (Arrays.equals(record.key(), key)) {
                found.add(new Numbered(record.offset(), decoder.decode(record.value())));
            }
        }
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
