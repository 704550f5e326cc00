package io.bursar.connect;

import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.SchemaRegistryClient;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Reads journal entries from the bytes of a topic. For one thread only. */
public final class JournalDecoder implements AutoCloseable {
    private final SchemaRegistry registry;
    private final RecordDecoder<JournalEntry> decoder;

    /** Closes the registry when it is closed itself. */
    public JournalDecoder(SchemaRegistry registry) {
        this.registry = registry;
        this.decoder = new RecordDecoder<>(JournalEntry.class, registry);
    }

    /**
     * Opens no connection yet.
     *
     * @param settings those of {@link SchemaRegistryClient}; others are ignored
     * @throws ConfigException naming the setting, its value and the rule
     */
    public static JournalDecoder of(Map<String, ?> settings) {
        return new JournalDecoder(new SchemaRegistryClient(settings));
    }

    /**
     * The entry in a value.
     *
     * @throws MalformedRecordException when the value is null or holds no journal entry
     * @throws UnknownSchemaException when the registry definitely does not know the value's schema id
     * @throws RegistryUnavailableException when the schema id is not known yet and there is no usable answer
     */
    public JournalEntry decode(byte[] value) {
        return decoder.decode(value);
    }

    @Override
    public void close() {
        registry.close();
    }
}
