package io.bursar.topology.commands;

import io.bursar.processors.Traces;
import io.bursar.schemas.Reply;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one partition of {@code replies} from where it ends now, committed replies only, on a thread of its own. When the
 * brokers refuse it, it tries again every second, going on where it was, until it is closed.
 */
final class ReplyReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long PAUSE_MS = 1_000;

    private final Map<String, Object> settings;
    private final TopicPartition partition;
    private final RecordDecoder<Reply> decoder;
    private final BiConsumer<String, Reply> answered;
    private final CountDownLatch positioned = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "replies");

    /** The consumer that is in use; guarded by this. */
    private Consumer<byte[], byte[]> consumer;

    /** Of the reading thread: -1 until it is known where the partition ended. */
    private long nextOffset = -1;

    /**
     * @param settings of a consumer
     * @param answered gets each reply with its {@code traceparent}, on the reading thread; it must return quickly
     */
    ReplyReader(
            Map<String, Object> settings,
            TopicPartition partition,
            SchemaRegistry registry,
            BiConsumer<String, Reply> answered) {
        this.settings = new HashMap<>(settings);
        this.settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.partition = partition;
        this.decoder = new RecordDecoder<>(Reply.class, registry);
        this.answered = answered;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether it reads by then: replies to what is sent from now on will be seen. */
    boolean awaitPosition(Duration atMost) throws InterruptedException {
        return positioned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (var current = open()) {
                follow(current);
            } catch (WakeupException closing) {
                LOG.debug("no longer reading {}", partition);
            } catch (KafkaException e) {
                LOG.warn("replies cannot be read from {}; trying again", partition, e);
                pause();
            }
        }
    }

    private Consumer<byte[], byte[]> open() {
        var opened = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        synchronized (this) {
            consumer = opened;
        }
        if (closed.getCount() == 0) {
            opened.wakeup();
        }
        return opened;
    }

    private void follow(Consumer<byte[], byte[]> current) {
        current.assign(List.of(partition));
        if (nextOffset < 0) {
            current.seekToEnd(List.of(partition));
            nextOffset = current.position(partition);
        } else {
            current.seek(partition, nextOffset);
        }
        positioned.countDown();
        while (closed.getCount() > 0) {
            for (var record : current.poll(POLL)) {
                take(record);
                nextOffset = record.offset() + 1;
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var trace = record.headers().lastHeader(Traces.HEADER);
        if (trace == null || trace.value() == null) {
            return;
        }
        try {
            answered.accept(new String(trace.value(), StandardCharsets.US_ASCII), decoder.decode(record.value()));
        } catch (MalformedRecordException | UnknownSchemaException e) {
            // Others may write here what they like; what they wrote answers nobody.
            LOG.warn("{}@{} is no reply: {}", partition, record.offset(), e.getMessage());
        }
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
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
