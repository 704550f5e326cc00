package io.bursar.schemas.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link AvroSerializer} and {@link AvroDeserializer} of one record type, with one registry client. Thread-safe. */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final RegistryHolder registry;
    private final AvroSerializer<T> serializer;
    private final AvroDeserializer<T> deserializer;

    /** Makes its own client in {@link #configure}, and closes it. */
    public AvroSerde(Class<T> type) {
        this(type, RegistryHolder.fromSettings());
    }

    /** Needs no {@link #configure}; the registry stays open. */
    public AvroSerde(Class<T> type, SchemaRegistry registry) {
        this(type, RegistryHolder.of(registry));
    }

    private AvroSerde(Class<T> type, RegistryHolder registry) {
        this.registry = registry;
        this.serializer = new AvroSerializer<>(RecordType.of(type), registry);
        this.deserializer = new AvroDeserializer<>(RecordType.of(type), registry);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
        deserializer.configure(configs, isKey);
    }

    @Override
    public void close() {
        registry.close();
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
