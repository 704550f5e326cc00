package io.bursar.cli.clients;

import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.schemas.serde.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Writes records of every type with the serializer of that type. Safe for use by several threads. */
final class MessageSerializer implements Serializer<SpecificRecord> {
    private final SchemaRegistry registry;
    private final Map<Class<?>, AvroSerializer<?>> serializers = new ConcurrentHashMap<>();

    MessageSerializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord data) {
        return serialize(topic, data, data.getClass());
    }

    private <T extends SpecificRecord> byte[] serialize(String topic, SpecificRecord data, Class<T> type) {
        // Filled in the next line only, with the serializer of exactly this type.
        @SuppressWarnings("unchecked")
        var serializer =
                (AvroSerializer<T>) serializers.computeIfAbsent(type, absent -> new AvroSerializer<>(type, registry));
        return serializer.serialize(topic, type.cast(data));
    }
}
