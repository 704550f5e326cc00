package io.bursar.cli.demo.stack;

import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.TopicReader;
import io.bursar.processors.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Notices what Bursar could not use since it was made. Used by one thread. */
public final class DeadLetterWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int EXAMPLES = 5;

    private final TopicReader reader;

    public DeadLetterWatch(Connection connection) {
        reader = TopicReader.fromEnd(connection, connection.topics().deadLetters());
    }

    /** What has come by now, in sentences with the causes of the first; empty when nothing has. */
    public List<String> faults() {
        reader.lookForEnd();
        var letters = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.left() > 0 && System.nanoTime() < deadline) {
            // Others are marks of letters that an operator has sent again.
            reader.poll(POLL).stream()
                    .filter(record -> record.headers().lastHeader(DeadLetters.CAUSE) != null)
                    .forEach(letters::add);
        }
        var faults = new ArrayList<String>();
        if (reader.left() > 0) {
            faults.add("The dead letters could not be read within " + PATIENCE.toSeconds() + " s.");
        }
        if (!letters.isEmpty()) {
            faults.add(letters.size() + " records went to the dead letters, which nothing of the demo should.");
            letters.stream().limit(EXAMPLES).forEach(letter -> faults.add(describe(letter)));
        }
        return faults;
    }

    private static String describe(ConsumerRecord<byte[], byte[]> letter) {
        return "%s-%s at %s: %s"
                .formatted(
                        header(letter, DeadLetters.ORIGIN_TOPIC),
                        header(letter, DeadLetters.ORIGIN_PARTITION),
                        header(letter, DeadLetters.ORIGIN_OFFSET),
                        header(letter, DeadLetters.CAUSE));
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        var header = letter.headers().lastHeader(name);
        return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        reader.close();
    }
}
