package io.bursar.cli.journal;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.TopicReader;
import io.bursar.cli.progress.Text;
import io.bursar.schemas.serde.SchemasById;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A journal on a topic: committed entries, up to the ends that the partitions have when reading begins. */
final class TopicSource implements JournalSource {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connection connection;
    private final String topic;
    private volatile long total;
    private volatile long left;

    TopicSource(Connection connection, String topic) {
        this.connection = connection;
        this.topic = topic;
    }

    @Override
    public String name() {
        return topic;
    }

    @Override
    public SchemasById schemas() {
        return connection.registry();
    }

    @Override
    public void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var reader = TopicReader.fromBeginning(connection, topic)) {
            total = reader.left();
            left = total;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (left > 0) {
                var records = reader.poll(POLL);
                for (var record : records) {
                    if (reader.isBeforeEnd(record)) {
                        each.accept(record);
                    }
                }
                left = reader.left();
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new CommandException(
                            "%s gave nothing for %d s, %,d offsets before its end: a transaction may be open that nobody ends, or the brokers are in trouble."
                                    .formatted(topic, PATIENCE.toSeconds(), left));
                }
            }
        }
    }

    @Override
    public String done() {
        return "%s of %s offsets".formatted(Text.count(total - left), Text.count(total));
    }
}
