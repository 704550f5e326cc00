package io.bursar.schemas.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads values of one record type for ordinary Kafka clients. Thread-safe. Settings: those of {@link
 * SchemaRegistryClient}, and {@code specific.avro.value.type}, the record's class, when made without arguments.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final RecordType<T> type;
    private final RegistryHolder registry;
    private final ThreadLocal<RecordDecoder<T>> decoders;

    /** For {@code value.deserializer}: the type comes from the settings. */
    public AvroDeserializer() {
        this(RecordType.fromSettings(), RegistryHolder.fromSettings());
    }

    /** Makes its own client in {@link #configure}, and closes it. */
    public AvroDeserializer(Class<T> type) {
        this(RecordType.of(type), RegistryHolder.fromSettings());
    }

    /** Needs no {@link #configure}; the registry stays open. */
    public AvroDeserializer(Class<T> type, SchemaRegistry registry) {
        this(RecordType.of(type), RegistryHolder.of(registry));
    }

    AvroDeserializer(RecordType<T> type, RegistryHolder registry) {
        this.type = type;
        this.registry = registry;
        this.decoders = ThreadLocal.withInitial(() -> new RecordDecoder<>(type.get(), registry.get()));
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        type.configure(configs, isKey);
        registry.configure(configs);
    }

    /** As {@link RecordDecoder#decode}, except that null, a deletion, stays null. */
    @Override
    public T deserialize(String topic, byte[] data) {
        return data == null ? null : decoders.get().decode(data);
    }

    @Override
    public void close() {
        decoders.remove();
        registry.close();
    }
}
