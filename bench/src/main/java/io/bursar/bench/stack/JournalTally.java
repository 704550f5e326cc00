package io.bursar.bench.stack;

import io.bursar.processors.LedgerProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What came out: journal entries by kind, and how large they are. Reads committed entries only, once. */
public final class JournalTally {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES = 8 << 20;
    private static final int SAMPLES = 1_000;

    private final Map<String, Long> kinds = new TreeMap<>();
    private final List<byte[]> samples = new ArrayList<>();
    private long entries;
    private long bytes;

    private JournalTally() {}

    /** Reads what the journal has from these offsets on. */
    public static JournalTally read(Deployment deployment, Map<TopicPartition, Long> from) {
        var tally = new JournalTally();
        try (var consumer = consumer(deployment)) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            var ends = consumer.endOffsets(from.keySet());
            while (isBefore(consumer, ends)) {
                consumer.poll(POLL).forEach(tally::add);
            }
        }
        return tally;
    }

    /** A reader of committed records that belongs to no group. */
    public static Consumer<byte[], byte[]> consumer(Deployment deployment) {
        var config = deployment.settings().kafkaConsumer();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static boolean isBefore(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private void add(ConsumerRecord<byte[], byte[]> entry) {
        var kind = entry.headers().lastHeader(LedgerProcessor.TYPE_HEADER);
        kinds.merge(new String(kind.value(), StandardCharsets.UTF_8), 1L, Long::sum);
        entries++;
        bytes += entry.value().length;
        if (samples.size() < SAMPLES) {
            samples.add(entry.value());
        }
    }

    /** How many entries are of this kind, by the value of their header. */
    public long count(String kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    public Map<String, Long> kinds() {
        return kinds;
    }

    public long entries() {
        return entries;
    }

    /** Of an entry's value, uncompressed. */
    public double meanBytes() {
        return entries == 0 ? 0 : bytes / (double) entries;
    }

    /** Some of the values as they lie in the journal. */
    public List<byte[]> samples() {
        return samples;
    }
}
