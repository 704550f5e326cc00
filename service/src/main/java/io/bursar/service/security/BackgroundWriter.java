package io.bursar.service.security;

import com.codahale.metrics.Counter;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.topology.settings.Settings;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records for which no request waits, in their order, on a thread of its own. While Kafka or the schema registry
 * do not answer it keeps up to 10,000 and tries again; what cannot be kept or written is counted and logged. Thread-safe.
 */
final class BackgroundWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWriter.class);
    private static final int MOST_WAITING = 10_000;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final Duration LOOK_UP = Duration.ofMillis(100);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private record Outgoing(String topic, String key, Supplier<byte[]> value) {}

    private final Settings settings;
    private final Counter lost;
    private final BlockingQueue<Outgoing> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::run, "audit");
    private volatile boolean open = true;

    /** @param lost counts what was not written */
    BackgroundWriter(Settings settings, Counter lost) {
        this.settings = settings;
        this.lost = lost;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** @param value makes the bytes on the writer's thread, which may wait for the schema registry */
    void write(String topic, String key, Supplier<byte[]> value) {
        if (!waiting.offer(new Outgoing(topic, key, value))) {
            lost.inc();
        }
    }

    private void run() {
        var backOff = new BackOff();
        while (open) {
            try {
                writeAll();
            } catch (InterruptedException | InterruptException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (RuntimeException e) {
                LOG.error("the records of who did what cannot be written; trying again", e);
                backOff.pause();
            }
        }
        lost.inc(waiting.size());
    }

    /** Until this is closed and nothing is left. */
    private void writeAll() throws InterruptedException {
        var first = next();
        if (first == null) {
            return;
        }
        // Connects only when there is something to write.
        try (var producer = producer()) {
            for (var outgoing = first; outgoing != null; outgoing = next()) {
                send(outgoing, producer);
            }
        } catch (KafkaException e) {
            lost.inc();
            throw e;
        }
    }

    /** Null at the end, when nothing is left. */
    private Outgoing next() throws InterruptedException {
        Outgoing outgoing;
        do {
            outgoing = waiting.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
        } while (outgoing == null && open);
        return outgoing;
    }

    /** Tries until it is taken for sending, or this is closed. */
    private void send(Outgoing outgoing, Producer<String, byte[]> producer) {
        var backOff = new BackOff();
        while (true) {
            try {
                // Waits for brokers that are away, where sending itself would give the record up.
                producer.partitionsFor(outgoing.topic());
                var record = new ProducerRecord<>(
                        outgoing.topic(), outgoing.key(), outgoing.value().get());
                var unused = producer.send(record, (written, failure) -> {
                    if (failure != null) {
                        report(outgoing, failure);
                    }
                });
                return;
            } catch (KafkaException e) {
                boolean isWorthAnotherTry =
                        e instanceof RetriableException || e instanceof RegistryUnavailableException;
                if (!isWorthAnotherTry || !open) {
                    report(outgoing, e);
                    return;
                }
                LOG.warn("a record for {} is tried again: {}", outgoing.topic(), e.getMessage());
                backOff.pause();
            }
        }
    }

    private void report(Outgoing outgoing, Exception failure) {
        lost.inc();
        LOG.error("a record for {} was not written", outgoing.topic(), failure);
    }

    private Producer<String, byte[]> producer() {
        var config = settings.kafkaProducer();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CLOSE_WITHIN.toMillis());
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Writes what waits, as long as that is quick. */
    @Override
    public void close() {
        open = false;
        Threads.end(thread, CLOSE_WITHIN);
    }
}
