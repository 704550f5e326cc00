package io.bursar.topology.commands;

import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts to refresh a token that are offered to this instance. The instances share them as a consumer group; what one
 * of them has read and not started is offered again, so nothing is read twice for safety.
 */
public final class RefreshCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshCalls.class);
    private static final int HEARTBEATS_IN_A_SESSION = 4;

    private final ReadingThread thread;

    /**
     * Begins to read.
     *
     * @param registry stays the caller's, who closes it after this
     * @param worker gets each attempt on the reading thread, and must return quickly
     */
    public RefreshCalls(Settings settings, SchemaRegistry registry, Consumer<TokenRefreshCall> worker) {
        var offers = new Offers(
                Topics.from(settings).tokenRefreshes(), new RecordDecoder<>(TokenRefreshCall.class, registry), worker);
        thread = new ReadingThread("token-refreshes", consumerSettings(settings), offers);
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
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        return all;
    }

    private record Offers(String topic, RecordDecoder<TokenRefreshCall> decoder, Consumer<TokenRefreshCall> worker)
            implements ReadingThread.Reading {
        @Override
        public void begin(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
            consumer.subscribe(List.of(topic));
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
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
    }

    @Override
    public void close() {
        thread.close();
    }
}
