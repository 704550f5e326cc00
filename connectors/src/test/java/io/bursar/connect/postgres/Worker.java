package io.bursar.connect.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Does with one task what a Connect worker does: reads topics, delivers, rewinds, and delivers again. */
final class Worker implements SinkTaskContext, AutoCloseable {
    final SinkTask task;
    final List<SinkRecord> reported = new ArrayList<>();
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, String> settings;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> rewinds = new HashMap<>();
    private List<SinkRecord> pending = List.of();
    private ErrantRecordReporter reporter;
    private long timeoutMs = -1;

    Worker(Topic journal, Map<String, String> settings) {
        this(new PostgresSinkTask(), settings, journal);
    }

    Worker(SinkTask task, Map<String, String> settings, Topic... topics) {
        this.task = task;
        Arrays.stream(topics).forEach(topic -> this.topics.put(topic.name(), topic));
        this.settings = Map.copyOf(settings);
    }

    /** What a worker does with records that the task cannot use, when it is told to tolerate them. */
    Worker toleratingErrors() {
        reporter = (record, error) -> {
            reported.add(record);
            return CompletableFuture.completedFuture(null);
        };
        return this;
    }

    Worker start() {
        task.initialize(this);
        task.start(settings);
        return this;
    }

    /** Partitions of the journal. */
    Worker assign(Integer... partitions) {
        return assign(Arrays.stream(partitions).map(Topic::partition).toList());
    }

    private Worker assign(List<TopicPartition> opened) {
        opened.forEach(partition -> positions.put(partition, 0L));
        task.open(opened);
        seek();
        return this;
    }

    Worker assignAll() {
        return assign(topics.values().stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .toList());
    }

    /** Partitions of the journal. */
    Worker revoke(Integer... partitions) {
        var closed = Arrays.stream(partitions).map(Topic::partition).toList();
        task.close(closed);
        closed.forEach(positions::remove);
        pending = pending.stream()
                .filter(record -> !closed.contains(Topic.partition(record.kafkaPartition())))
                .toList();
        return this;
    }

    /** Delivers at most so many records of each partition, in one batch, or once more what failed. */
    void deliver(int mostOfEach) {
        seek();
        if (pending.isEmpty()) {
            pending = poll(mostOfEach);
        }
        task.put(pending);
        pending = List.of();
    }

    /** As {@link #deliver}; false when the task wants the batch once more. */
    boolean tryDeliver(int mostOfEach) {
        try {
            deliver(mostOfEach);
            return true;
        } catch (RetriableException later) {
            return false;
        }
    }

    /** Delivers until the topic's end, in batches. */
    Worker drain(int mostOfEach) {
        while (!isAtEnd()) {
            deliver(mostOfEach);
        }
        return this;
    }

    boolean isAtEnd() {
        seek();
        return pending.isEmpty()
                && positions.entrySet().stream()
                        .allMatch(position ->
                                from(position.getKey(), position.getValue()).isEmpty());
    }

    /** The last wait that the task asked for, in milliseconds; -1 for none. */
    long timeoutMs() {
        return timeoutMs;
    }

    Map<TopicPartition, Long> positions() {
        seek();
        return Map.copyOf(positions);
    }

    private List<SinkRecord> poll(int mostOfEach) {
        var polled = new ArrayList<SinkRecord>();
        for (var position : positions.entrySet()) {
            var records = from(position.getKey(), position.getValue());
            var taken = records.subList(0, Math.min(mostOfEach, records.size()));
            if (!taken.isEmpty()) {
                polled.addAll(taken);
                position.setValue(taken.getLast().kafkaOffset() + 1);
            }
        }
        return polled;
    }

    private List<SinkRecord> from(TopicPartition partition, long offset) {
        return topics.get(partition.topic()).from(partition.partition(), offset);
    }

    private void seek() {
        rewinds.forEach((partition, offset) -> positions.computeIfPresent(partition, (any, old) -> offset));
        rewinds.clear();
    }

    @Override
    public Map<String, String> configs() {
        return settings;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        rewinds.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        rewinds.put(partition, offset);
    }

    @Override
    public void timeout(long waitMs) {
        timeoutMs = waitMs;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return positions.keySet();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw new UnsupportedOperationException("the task does not pause");
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw new UnsupportedOperationException("the task does not resume");
    }

    @Override
    public void requestCommit() {
        throw new UnsupportedOperationException("the task does not commit");
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return reporter;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new UnsupportedOperationException("the task has no metrics");
    }

    @Override
    public void close() {
        task.stop();
    }

    /** The settings of a connector that writes the journal to a database. */
    static Map<String, String> settings(String url, String registry) {
        return new HashMap<>(Map.of(
                "topics",
                Topic.NAME,
                "connection.url",
                url,
                "connection.user",
                TestDatabase.USER,
                "connection.password",
                "none",
                "schema.registry.url",
                registry,
                "consumer.override.isolation.level",
                "read_committed"));
    }

    static Collection<Integer> partitions(Topic topic) {
        return IntStream.range(0, topic.partitions()).boxed().toList();
    }
}
