package io.bursar.topology;

import io.bursar.processors.InputProgress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when all that lay in the inputs of a task at some moment has been processed: asks the brokers where the
 * inputs end, remembers it, and looks whether the task has come there. What a consumer last heard would not do: it may be
 * as old as the longest pause of its thread or of a broker. Thread-safe; each consumer is used by its own thread only.
 *
 * <p>What lies in an open transaction counts: its producer may have been told long ago that it was taken. A consumer
 * does not see it before the transaction ends, and would not see the end behind it either, so an admin client is asked.
 */
final class InputEnds implements InputProgress {
    private static final Logger LOG = LoggerFactory.getLogger(InputEnds.class);

    /** Whoever asks holds up its thread, and will ask again. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Map<TopicPartition, GatedConsumer> consumers = new ConcurrentHashMap<>();
    private final Map<Integer, Marks> marks = new ConcurrentHashMap<>();
    private volatile Admin admin;

    /** A question to the brokers that was asked at a moment. */
    private record Question(long atMs, KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer) {}

    /** Where the inputs ended at a moment, or later. */
    private record Mark(long atMs, Map<TopicPartition, Long> ends) {}

    /**
     * @param caughtUpToMs -1 when no mark was reached yet
     * @param next the mark to reach next; null when none is known
     * @param open the question whose answer will be the next mark; null when none is open
     */
    private record Marks(long caughtUpToMs, Mark next, Question open) {
        static final Marks NONE = new Marks(-1, null, null);
    }

    /**
     * Whom to ask, before anything else is done with this.
     *
     * @param asked stays its owner's, who closes it
     */
    void ask(Admin asked) {
        admin = asked;
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
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            return -1;
        }
    }

    /** While records keep coming, a task is never at the end that is; but it comes to the end that was. */
    private Marks advance(Marks before, GatedConsumer consumer, Map<TopicPartition, Long> lastProcessed) {
        if (before.next() != null && !isReached(before.next(), consumer, lastProcessed)) {
            return before;
        }
        long caughtUpToMs =
                before.next() == null ? before.caughtUpToMs() : before.next().atMs();
        var question = before.open() == null ? ask(lastProcessed.keySet()) : before.open();
        var mark = answer(question);
        if (mark.isEmpty()) {
            return new Marks(caughtUpToMs, null, question.answer().isDone() ? null : question);
        }
        return isReached(mark.get(), consumer, lastProcessed)
                ? new Marks(mark.get().atMs(), null, null)
                : new Marks(caughtUpToMs, mark.get(), null);
    }

    private Question ask(Collection<TopicPartition> partitions) {
        var latest = partitions.stream().collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest()));
        long now = System.currentTimeMillis();
        return new Question(
                now,
                admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all());
    }

    /** Empty when there is none yet, or will be none. */
    private static Optional<Mark> answer(Question question) {
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            question.answer()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return Optional.of(new Mark(question.atMs(), ends));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.warn("no reservation expires now: the brokers do not say where the inputs end", e.getCause());
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
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
