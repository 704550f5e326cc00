package io.bursar.service.security;

import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads the topics {@code api-keys} and {@code api-key-uses} from the beginning and follows them until it is
 * closed. When that fails it begins again after a pause; meanwhile what was read stays known.
 */
final class KeyReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyReader.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    /** A consumer says nothing of brokers that do not answer, so these are asked now and then. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);

    private final Settings settings;
    private final KeyRecords records;
    private final TopicPartition states;
    private final List<TopicPartition> partitions;
    private final Thread thread = new Thread(this::run, "api-keys");
    private final BackOff backOff = new BackOff();
    private final Object progress = new Object();

    /** Guarded by {@link #progress}. */
    private long nextState;

    private volatile boolean open = true;
    private volatile boolean isRead;
    private volatile Optional<String> problem = Optional.empty();

    KeyReader(Settings settings, KeyRecords records) {
        var topics = Topics.from(settings);
        this.settings = settings;
        this.records = records;
        this.states = new TopicPartition(topics.apiKeys(), 0);
        this.partitions = List.of(states, new TopicPartition(topics.apiKeyUses(), 0));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether it has once read all that was there. */
    boolean isRead() {
        return isRead;
    }

    /** Why it does not read on; empty when it does. */
    Optional<String> problem() {
        return problem;
    }

    /** Whether the state at this offset has been read, after waiting for that. */
    boolean awaitState(long offset, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (progress) {
            while (nextState <= offset) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(progress, left);
            }
            return true;
        }
    }

    private void run() {
        while (open) {
            try (var consumer = consumer()) {
                follow(consumer);
            } catch (RuntimeException e) {
                if (open) {
                    report(e);
                    backOff.pause();
                }
            }
        }
    }

    private void report(RuntimeException failure) {
        var sentence = "the topics of API keys cannot be read: " + failure.getMessage();
        if (!problem.equals(Optional.of(sentence))) {
            LOG.warn("{}; it is tried again", sentence, failure);
        }
        problem = Optional.of(sentence);
    }

    private Consumer<String, byte[]> consumer() {
        var config = settings.kafkaConsumer();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Returns when this is closed. */
    private void follow(Consumer<String, byte[]> consumer) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
        boolean isAtEnds = false;
        long askedAt = System.nanoTime();
        while (open) {
            read(consumer);
            if (!isAtEnds && isAt(ends, consumer)) {
                isAtEnds = true;
                isRead = true;
                problem = Optional.empty();
                backOff.reset();
            }
            if (System.nanoTime() - askedAt > BETWEEN_QUESTIONS.toNanos()) {
                var unused = consumer.endOffsets(partitions, ANSWER_WITHIN);
                askedAt = System.nanoTime();
            }
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        for (var record : consumer.poll(POLL)) {
            if (record.topic().equals(states.topic())) {
                records.applyState(record);
            } else {
                records.applyUse(record);
            }
        }
        synchronized (progress) {
            nextState = consumer.position(states, ANSWER_WITHIN);
            progress.notifyAll();
        }
    }

    private static boolean isAt(Map<TopicPartition, Long> ends, Consumer<?, ?> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        open = false;
        Threads.end(thread, CLOSE_WITHIN);
    }
}
