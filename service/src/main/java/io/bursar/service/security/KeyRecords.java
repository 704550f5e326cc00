package io.bursar.service.security;

import io.bursar.schemas.ApiKey;
import io.bursar.schemas.ApiKeyUse;
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What records of the topics of keys mean for the table. For one thread. */
final class KeyRecords {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRecords.class);

    private final KeyTable table;
    private final KeyUses uses;
    private final AvroDeserializer<ApiKey> states;
    private final AvroDeserializer<ApiKeyUse> useds;

    KeyRecords(KeyTable table, KeyUses uses, SchemaRegistry registry) {
        this.table = table;
        this.uses = uses;
        this.states = new AvroDeserializer<>(ApiKey.class, registry);
        this.useds = new AvroDeserializer<>(ApiKeyUse.class, registry);
    }

    /**
     * A state of a key. One that cannot be read may be a revocation, so its key is refused.
     *
     * @throws io.bursar.schemas.serde.RegistryUnavailableException when it cannot be read now
     */
    void applyState(ConsumerRecord<String, byte[]> record) {
        try {
            var state = states.deserialize(record.topic(), record.value());
            if (state == null) {
                table.withdraw(record.key());
            } else if (state.getId().equals(record.key())) {
                table.apply(state);
            } else {
                throw new MalformedRecordException("its value is about the key " + state.getId());
            }
        } catch (MalformedRecordException | UnknownSchemaException e) {
            LOG.error(
                    "the key {} is refused from now on: {} cannot be used: {}",
                    record.key(),
                    at(record),
                    e.getMessage());
            table.withdraw(record.key());
        }
    }

    /**
     * That a key was used.
     *
     * @throws io.bursar.schemas.serde.RegistryUnavailableException when it cannot be read now
     */
    void applyUse(ConsumerRecord<String, byte[]> record) {
        try {
            var use = useds.deserialize(record.topic(), record.value());
            if (use != null) {
                uses.apply(use);
            }
        } catch (MalformedRecordException | UnknownSchemaException e) {
            LOG.warn("{} cannot be used: {}", at(record), e.getMessage());
        }
    }

    private static String at(ConsumerRecord<?, ?> record) {
        return "the record of %s at offset %d".formatted(record.topic(), record.offset());
    }
}
