package io.bursar.topology;

import io.bursar.processors.InputProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds out when all that lay in the inputs of a task at some moment has been processed: asks the brokers where the
 * inputs end, remembers it, and looks whether the task has come there. What a consumer last heard would not do: it may be
 * as old as the longest pause of its thread or of a broker. Thread-safe; each consumer is used by its own thread only.
 */
final class InputEnds implements InputProgress {
    /** Whoever asks holds up its thread, and will ask again. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Map<TopicPartition, GatedConsumer> consumers = new ConcurrentHashMap<>();
    private final Map<Integer, Marks> marks = new ConcurrentHashMap<>();

    /** Where the inputs ended at a moment. */
    private record Mark(long atMs, Map<TopicPartition, Long> ends) {}

    /**
     * @param caughtUpToMs -1 when no mark was reached yet
     * @param next the mark to reach next; null when none is known
     */
    private record Marks(long caughtUpToMs, Mark next) {
        static final Marks NONE = new Marks(-1, null);
    }

    /** From now on this consumer reads the partition, from where it stands. */
    void startReading(TopicPartition partition, GatedConsumer consumer) {
        consumers.put(partition, consumer);
        marks.remove(partition.partition());
    }

    /** This consumer reads the partition no longer; another one may do so already. */
    void stopReading(TopicPartition partition, GatedConsumer consumer) {
        if (consumers.remove(partition, consumer)) {
            marks.remove(partition.partition());
        }
    }

    @Override
    public long caughtUpToMs(int partition, Map<String, Long> lastProcessedOffsets) {
        Map<TopicPartition, Long> lastProcessed = new HashMap<>();
        lastProcessedOffsets.forEach(
                (topic, offset) -> lastProcessed.put(new TopicPartition(topic, partition), offset));
        var consumer = consumers.get(lastProcessed.keySet().iterator().next());
        if (consumer == null || !consumer.assignment().containsAll(lastProcessed.keySet())) {
            return -1;
        }
        try {
            var reached = advance(marks.getOrDefault(partition, Marks.NONE), consumer, lastProcessed);
            marks.put(partition, reached);
            return reached.caughtUpToMs();
        } catch (TimeoutException e) {
            return -1;
        }
    }

    /** While records keep coming, a task is never at the end that is; but it comes to the end that was. */
    private static Marks advance(Marks marks, GatedConsumer consumer, Map<TopicPartition, Long> lastProcessed) {
        if (marks.next() != null && !isReached(marks.next(), consumer, lastProcessed)) {
            return marks;
        }
        long caughtUpToMs =
                marks.next() == null ? marks.caughtUpToMs() : marks.next().atMs();
        var mark = new Mark(System.currentTimeMillis(), consumer.endOffsets(lastProcessed.keySet(), PATIENCE));
        return isReached(mark, consumer, lastProcessed) ? new Marks(mark.atMs(), null) : new Marks(caughtUpToMs, mark);
    }

    private static boolean isReached(Mark mark, GatedConsumer consumer, Map<TopicPartition, Long> lastProcessed) {
        for (var end : mark.ends().entrySet()) {
            if (!isReached(end.getKey(), end.getValue(), consumer, lastProcessed.get(end.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** The last offsets before an end may be those of transaction markers, which are never processed. */
    private static boolean isReached(TopicPartition partition, long end, GatedConsumer consumer, long lastProcessed) {
        return lastProcessed >= end - 1
                || (consumer.lastDelivered(partition) <= lastProcessed
                        && consumer.position(partition, PATIENCE) >= end);
    }
}
