package io.bursar.service.security;

import io.bursar.schemas.ApiKey;
import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.service.http.ProblemException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of keys in their topic. */
final class KafkaKeyLog implements KeyLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaKeyLog.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Settings settings;
    private final String topic;
    private final AvroSerializer<ApiKey> serializer;
    private final KeyReader reader;

    /** Made for the first write: most instances never write. Guarded by this. */
    private Producer<String, byte[]> producer;

    /** @param registry stays the caller's, who closes it after this */
    KafkaKeyLog(Settings settings, SchemaRegistry registry, KeyTable table, KeyUses uses) {
        this.settings = settings;
        this.topic = Topics.from(settings).apiKeys();
        this.serializer = new AvroSerializer<>(ApiKey.class, registry);
        this.reader = new KeyReader(settings, new KeyRecords(table, uses, registry));
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public boolean isRead() {
        return reader.isRead();
    }

    @Override
    public Optional<String> problem() {
        return reader.problem();
    }

    @Override
    public void write(ApiKey state) {
        try {
            var record = new ProducerRecord<>(topic, 0, state.getId(), serializer.serialize(topic, state));
            var written = producer().send(record).get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (!reader.awaitState(written.offset(), ANSWER_WITHIN)) {
                throw new TimeoutException("it was written, but could not be read again");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw notKnown(state, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notKnown(state, e);
        } catch (KafkaException e) {
            LOG.warn("the state of key {} was not written", state.getId(), e);
            throw Refusals.unavailable("keys cannot be written now");
        }
    }

    private static ProblemException notKnown(ApiKey state, Exception cause) {
        LOG.warn("the state of key {} may not have been written", state.getId(), cause);
        return Refusals.unavailable(
                "it is not known whether the state of key " + state.getId() + " was written; asking for the key tells");
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            var config = settings.kafkaProducer();
            config.put(ProducerConfig.ACKS_CONFIG, "all");
            config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_WITHIN.toMillis());
            config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis() / 2);
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
            producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        reader.close();
        if (producer != null) {
            producer.close(CLOSE_WITHIN);
        }
    }
}
