package io.bursar.bench.latency;

import io.bursar.bench.figures.Latency;
import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.DecisionTimes;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.JournalTally;
import java.time.Duration;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the journal as a client does who waits for decisions: committed entries, as soon as they are there. */
final class DecisionWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final DecisionTimes times = new DecisionTimes();

    DecisionWatch(Deployment deployment) {
        consumer = JournalTally.consumer(deployment);
        var partitions = IntStream.range(0, deployment.topics().partitions())
                .mapToObj(number -> new TopicPartition(deployment.topics().journal(), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Positions are looked up only when somebody asks for them.
        partitions.forEach(consumer::position);
    }

    /** Returns when so many decisions have been read, with how long each took, in microseconds. */
    Histogram await(long decisions) {
        var histogram = Latency.histogram();
        long lastNanos = System.nanoTime();
        while (histogram.getTotalCount() < decisions) {
            var entries = consumer.poll(POLL);
            long now = DecisionTimes.nowMicros();
            for (var entry : entries) {
                if (DecisionTimes.isFinal(entry)) {
                    Latency.record(histogram, now - times.occurredAtMicros(entry));
                }
            }
            if (!entries.isEmpty()) {
                lastNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNanos > STANDSTILL.toNanos()) {
                throw new BenchException("%,d of %,d decisions came, then none for %d s"
                        .formatted(histogram.getTotalCount(), decisions, STANDSTILL.toSeconds()));
            }
        }
        return histogram;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
