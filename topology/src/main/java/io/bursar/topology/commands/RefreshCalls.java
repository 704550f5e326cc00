package io.bursar.topology.commands;

import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts to refresh a token that are offered to this instance. The instances share them as a consumer group; what one
 * of them has read and not started is offered again, so nothing is read twice for safety. When the brokers refuse it, it
 * tries again every second until it is closed.
 */
public final class RefreshCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshCalls.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long PAUSE_MS = 1_000;
    private static final int HEARTBEATS_IN_A_SESSION = 4;

    private final Map<String, Object> settings;
    private final String topic;
    private final RecordDecoder<TokenRefreshCall> decoder;
    private final Consumer<TokenRefreshCall> worker;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "token-refreshes");

    /** The consumer that is in use; guarded by this. */
    private KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Begins to read.
     *
     * @param registry stays the caller's, who closes it after this
     * @param worker gets each attempt on the reading thread, and must return quickly
     */
    public RefreshCalls(Settings settings, SchemaRegistry registry, Consumer<TokenRefreshCall> worker) {
        this.settings = consumerSettings(settings);
        this.topic = Topics.from(settings).tokenRefreshes();
        this.decoder = new RecordDecoder<>(TokenRefreshCall.class, registry);
        this.worker = worker;
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, Object> consumerSettings(Settings settings) {
        var all = new HashMap<>(settings.kafkaConsumer());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, settings.get(Settings.APPLICATION_ID) + "-token-workers");
        settings.get(Settings.GROUP_INSTANCE_ID).ifPresent(id -> all.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        int session = settings.get(Settings.SESSION_TIMEOUT_MS);
        all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / HEARTBEATS_IN_A_SESSION);
        // Neighbouring partitions belong to different instances: an offer that is repeated comes to another one.
        all.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RoundRobinAssignor.class.getName());
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        return all;
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (var current = open()) {
                follow(current);
            } catch (WakeupException closing) {
                LOG.debug("no longer reading {}", topic);
            } catch (KafkaException e) {
                LOG.warn("attempts to refresh tokens cannot be read from {}; trying again", topic, e);
                pause();
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        var opened = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        synchronized (this) {
            consumer = opened;
        }
        if (closed.getCount() == 0) {
            opened.wakeup();
        }
        return opened;
    }

    private void follow(KafkaConsumer<byte[], byte[]> current) {
        current.subscribe(List.of(topic));
        while (closed.getCount() > 0) {
            current.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TokenRefreshCall call;
        try {
            call = decoder.decode(record.value());
        } catch (MalformedRecordException | UnknownSchemaException e) {
            // Others may write here what they like; what they wrote is no attempt.
            LOG.warn("{}-{}@{} is no attempt: {}", topic, record.partition(), record.offset(), e.getMessage());
            return;
        }
        worker.accept(call);
    }

    private void pause() {
        try {
            if (closed.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("no longer reading {}", topic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            thread.join(POLL.toMillis() * 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
