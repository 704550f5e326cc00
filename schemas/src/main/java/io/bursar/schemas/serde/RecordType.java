package io.bursar.schemas.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The record class of a serde: given, or from the settings. */
final class RecordType<T extends SpecificRecord> {
    private static final String SETTING = "specific.avro.value.type";

    private volatile Class<T> type;

    private RecordType(Class<T> type) {
        this.type = type;
    }

    static <T extends SpecificRecord> RecordType<T> of(Class<T> type) {
        return new RecordType<>(type);
    }

    static <T extends SpecificRecord> RecordType<T> fromSettings() {
        return new RecordType<>(null);
    }

    void configure(Map<String, ?> settings, boolean isKey) {
        if (isKey) {
            throw new ConfigException("Keys are plain text: use Kafka's string serializers for them");
        }
        if (type == null) {
            type = typeIn(settings);
        }
    }

    Class<T> get() {
        Class<T> current = type;
        if (current == null) {
            throw new IllegalStateException("configure must be called before the first record");
        }
        return current;
    }

    // The caller of the constructor without arguments chose T, and names the same class in the settings.
    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> Class<T> typeIn(Map<String, ?> settings) {
        Object value = ConfigDef.parseType(SETTING, settings.get(SETTING), ConfigDef.Type.CLASS);
        if (value instanceof Class<?> named && WireRecord.class.isAssignableFrom(named)) {
            return (Class<T>) named;
        }
        throw new ConfigException(
                SETTING, value, "must be the class of the topic's records, such as io.bursar.schemas.Fill");
    }
}
