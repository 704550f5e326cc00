package io.bursar.service.security;

import com.codahale.metrics.Counter;
import io.bursar.schemas.ApiKeyUse;
import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;

/** The topics {@code audit} and {@code api-key-uses}. */
final class KafkaRecorder implements Recorder {
    private final Topics topics;
    private final BackgroundWriter writer;
    private final AvroSerializer<AuditEvent> events;
    private final AvroSerializer<ApiKeyUse> uses;

    /**
     * Connects to nothing before there is something to record.
     *
     * @param registry stays the caller's, who closes it after this
     * @param lost counts what could not be kept
     */
    KafkaRecorder(Settings settings, SchemaRegistry registry, Counter lost) {
        this.topics = Topics.from(settings);
        this.writer = new BackgroundWriter(settings, lost);
        this.events = new AvroSerializer<>(AuditEvent.class, registry);
        this.uses = new AvroSerializer<>(ApiKeyUse.class, registry);
    }

    @Override
    public void start() {
        writer.start();
    }

    @Override
    public void audit(AuditEvent event) {
        var topic = topics.audit();
        var key = event.getKeyId().isEmpty() ? null : event.getKeyId();
        writer.write(topic, key, () -> events.serialize(topic, event));
    }

    @Override
    public void used(ApiKeyUse use) {
        var topic = topics.apiKeyUses();
        writer.write(topic, use.getKeyId(), () -> uses.serialize(topic, use));
    }

    @Override
    public void close() {
        writer.close();
    }
}
