package io.bursar.cli.deadletters;

import io.bursar.processors.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that Bursar could not use.
 *
 * @param id where it lies among the dead letters
 * @param at the timestamp of the record as it came
 * @param originTopic the topic it came from, and {@code originPartition} and {@code originOffset} where it lay there
 * @param headers those it came with, without Bursar's own
 * @param record as it lies among the dead letters, with Bursar's headers
 */
public record DeadLetter(
        LetterId id,
        Instant at,
        String cause,
        String originTopic,
        int originPartition,
        long originOffset,
        List<Header> headers,
        ConsumerRecord<byte[], byte[]> record) {
    private static final Set<String> OWN = Set.of(
            DeadLetters.CAUSE,
            DeadLetters.ORIGIN_TOPIC,
            DeadLetters.ORIGIN_PARTITION,
            DeadLetters.ORIGIN_OFFSET,
            DeadLetters.ORIGIN_TIMESTAMP);

    /** The letter in a record of the dead letters; empty when it is none, but a mark or some other program's. */
    static Optional<DeadLetter> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            return OWN.stream().allMatch(name -> record.headers().lastHeader(name) != null)
                    ? Optional.of(read(record))
                    : Optional.empty();
        } catch (NumberFormatException notBursars) {
            return Optional.empty();
        }
    }

    private static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(
                new LetterId(record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                text(record, DeadLetters.CAUSE),
                text(record, DeadLetters.ORIGIN_TOPIC),
                Integer.parseInt(text(record, DeadLetters.ORIGIN_PARTITION)),
                Long.parseLong(text(record, DeadLetters.ORIGIN_OFFSET)),
                headersBefore(record),
                record);
    }

    /** Bursar's own come last. One of the same name before it came with the record. */
    private static List<Header> headersBefore(ConsumerRecord<byte[], byte[]> record) {
        var all = record.headers().toArray();
        var stripped = new HashSet<String>();
        var kept = new ArrayList<Header>();
        for (int i = all.length - 1; i >= 0; i--) {
            if (!OWN.contains(all[i].key()) || !stripped.add(all[i].key())) {
                kept.add(all[i]);
            }
        }
        Collections.reverse(kept);
        return List.copyOf(kept);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    /** The key as it came, or null. */
    public byte[] key() {
        return record.key();
    }

    /** The value as it came, or null. */
    public byte[] value() {
        return record.value();
    }

    /** Of a list of many only what is shown needs to be kept. */
    public DeadLetter withoutValue() {
        var rest = new ConsumerRecord<byte[], byte[]>(record.topic(), record.partition(), record.offset(), key(), null);
        return new DeadLetter(id, at, cause, originTopic, originPartition, originOffset, List.of(), rest);
    }

    /** The key as text, as keys of Bursar's topics are; {@code "(none)"} without one. */
    public String keyText() {
        return key() == null ? "(none)" : new String(key(), StandardCharsets.UTF_8);
    }

    /** Where it came from: {@code bursar.orders-3 at 1742}. */
    public String origin() {
        return originTopic + "-" + originPartition + " at " + originOffset;
    }

    /** Whether it is the whole record, so that it can be sent again. */
    public boolean isWhole() {
        return !DeadLetters.isLeftAtOrigin(cause);
    }
}
