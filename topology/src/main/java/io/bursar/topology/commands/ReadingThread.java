package io.bursar.topology.commands;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads committed records until it is closed. When the brokers refuse it, it begins again every second, with a
 * new consumer.
 */
final class ReadingThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingThread.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = POLL.multipliedBy(2);
    private static final long PAUSE_MS = 1_000;

    private final Map<String, Object> settings;
    private final Reading reading;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** The consumer that is in use; guarded by this. */
    private Consumer<byte[], byte[]> consumer;

    /** What is read, and what becomes of it; on the reading thread. */
    interface Reading {
        /** Says to a new consumer what to read, and from where. */
        void begin(Consumer<byte[], byte[]> consumer);

        /** Must return quickly. */
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * @param name of the thread, and what is read, for the log
     * @param settings of a consumer
     */
    ReadingThread(String name, Map<String, Object> settings, Reading reading) {
        this.settings = new HashMap<>(settings);
        this.settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.reading = reading;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (isOpen()) {
            try (var current = open()) {
                reading.begin(current);
                while (isOpen()) {
                    current.poll(POLL).forEach(reading::take);
                }
            } catch (WakeupException closing) {
                LOG.debug("{} are no longer read", thread.getName());
            } catch (KafkaException e) {
                LOG.warn("{} cannot be read; trying again", thread.getName(), e);
                pause();
            }
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private Consumer<byte[], byte[]> open() {
        var opened = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        synchronized (this) {
            consumer = opened;
        }
        if (!isOpen()) {
            opened.wakeup();
        }
        return opened;
    }

    private void pause() {
        try {
            var unused = closed.await(PAUSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            if (consumer != null) {
                consumer.wakeup();
            }
        }
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
