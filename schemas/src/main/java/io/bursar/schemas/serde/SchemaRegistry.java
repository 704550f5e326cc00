package io.bursar.schemas.serde;

import org.apache.avro.Schema;

/** Schemas by id, and ids by subject and schema. Implementations are thread-safe. */
public interface SchemaRegistry extends AutoCloseable {

    /**
     * The id under which a subject holds a schema; whether a missing schema is registered is the implementation's
     * setting. Once answered, the same call needs no registry again.
     *
     * @param subject for a topic's values {@code <topic>-value}
     * @throws IncompatibleSchemaException when the registry refuses the schema
     * @throws UnknownSchemaException when the subject does not have the schema, and it may not be registered
     * @throws RegistryUnavailableException when there is no usable answer
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema of an id. Once answered, the same call needs no registry again.
     *
     * @throws UnknownSchemaException when the registry definitely has no Avro schema of this id
     * @throws RegistryUnavailableException when there is no usable answer
     */
    Schema schema(int id);

    /** Whether {@link #schema} answers this id at once, without asking the registry. */
    boolean isCached(int id);

    /**
     * Makes {@link #isCached} true for an id, so that a later {@link #schema} cannot block or fail.
     *
     * @throws UnknownSchemaException as {@link #schema}
     * @throws RegistryUnavailableException as {@link #schema}
     */
    default void resolve(int id) {
        var unused = schema(id);
    }

    @Override
    void close();
}
