package io.bursar.cli.clients;

import io.bursar.schemas.ApiKey;
import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.AuditSeverity;
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.service.http.Access;
import io.bursar.service.security.ApiKeys;
import io.bursar.service.security.AuditKinds;
import io.bursar.service.security.NewKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes the key with which all other keys are made. Whoever may write to the topic of keys may do that. */
public final class FirstKey {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String ACTION = "key.bootstrap";

    private FirstKey() {}

    /**
     * Whether there is a key with which others can be made.
     *
     * @throws CommandException when the topic cannot be read
     */
    public static boolean isThere(Connection connection) {
        var now = Instant.now();
        return latestStates(connection).values().stream()
                .anyMatch(state ->
                        state.getScopes().contains(Access.ADMIN_WRITE.text()) && ApiKeys.isInForce(state, now));
    }

    private static Map<String, ApiKey> latestStates(Connection connection) {
        var states = new HashMap<String, ApiKey>();
        try (var reader = TopicReader.fromBeginning(
                        connection, connection.topics().apiKeys());
                var ids = new StringDeserializer();
                var values = new AvroDeserializer<>(ApiKey.class, connection.registry())) {
            while (reader.left() > 0) {
                for (var record : reader.poll(POLL)) {
                    var id = ids.deserialize(record.topic(), record.key());
                    try {
                        states.put(id, values.deserialize(record.topic(), record.value()));
                    } catch (MalformedRecordException | UnknownSchemaException e) {
                        // Bursar refuses such a key.
                        states.remove(id);
                    }
                }
            }
        }
        states.values().removeIf(state -> state == null);
        return states;
    }

    /**
     * Makes a key that may do everything and never expires. Instances take it as soon as they have read of it.
     *
     * @param name who uses it
     * @throws CommandException when it cannot be written
     */
    public static NewKey make(Connection connection, String name) throws InterruptedException {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var key = NewKey.random();
        var topics = connection.topics();
        var event = AuditEvent.newBuilder()
                .setOccurredAt(now)
                .setKeyId("")
                .setAddress("")
                .setAction(ACTION)
                .setKind(AuditKinds.API_KEY_CREATE)
                .setSeverity(AuditSeverity.WARNING)
                .setStatus(0)
                .setRequestId("")
                .setSubject(key.id())
                .build();
        try (var producer = connection.producer()) {
            var written = List.of(
                    producer.send(new ProducerRecord<String, SpecificRecord>(
                            topics.apiKeys(), key.id(), ApiKeys.administrator(key, name, now))),
                    producer.send(new ProducerRecord<String, SpecificRecord>(topics.audit(), null, event)));
            for (var record : written) {
                record.get();
            }
            return key;
        } catch (ExecutionException e) {
            throw new CommandException(
                    "The key was not written to %s: %s"
                            .formatted(topics.apiKeys(), e.getCause().getMessage()),
                    e);
        }
    }
}
