package io.bursar.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes values of one record type for ordinary Kafka clients, under the subject {@code <topic>-value}. Thread-safe.
 * Settings: those of {@link SchemaRegistryClient}, and {@code specific.avro.value.type}, the record's class, when made
 * without arguments.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    private final RecordType<T> type;
    private final RegistryHolder registry;
    private final ThreadLocal<Map<String, RecordEncoder<T>>> encoders = ThreadLocal.withInitial(HashMap::new);

    /** For {@code value.serializer}: the type comes from the settings. */
    public AvroSerializer() {
        this(RecordType.fromSettings(), RegistryHolder.fromSettings());
    }

    /** Makes its own client in {@link #configure}, and closes it. */
    public AvroSerializer(Class<T> type) {
        this(RecordType.of(type), RegistryHolder.fromSettings());
    }

    /** Needs no {@link #configure}; the registry stays open. */
    public AvroSerializer(Class<T> type, SchemaRegistry registry) {
        this(RecordType.of(type), RegistryHolder.of(registry));
    }

    AvroSerializer(RecordType<T> type, RegistryHolder registry) {
        this.type = type;
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        type.configure(configs, isKey);
        registry.configure(configs);
    }

    /**
     * Asks the registry at the first record of a topic. Null stays null.
     *
     * @throws IncompatibleSchemaException when the registry refuses the type's schema for this topic
     * @throws UnknownSchemaException when the topic does not have the schema and {@code auto.register.schemas} is false
     * @throws RegistryUnavailableException when the id is not known yet and there is no usable answer
     */
    @Override
    public byte[] serialize(String topic, T data) {
        return data == null ? null : encoder(topic).encode(data);
    }

    @Override
    public void close() {
        encoders.remove();
        registry.close();
    }

    private RecordEncoder<T> encoder(String topic) {
        Map<String, RecordEncoder<T>> own = encoders.get();
        RecordEncoder<T> encoder = own.get(topic);
        if (encoder == null) {
            Schema schema = SpecificData.get().getSchema(type.get());
            encoder = new RecordEncoder<>(type.get(), registry.get().idOf(topic + "-value", schema));
            own.put(topic, encoder);
        }
        return encoder;
    }
}
