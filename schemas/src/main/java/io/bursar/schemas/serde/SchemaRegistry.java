package io.bursar.schemas.serde;

import java.util.Optional;
import org.apache.avro.Schema;

/** Schemas by id, and ids by subject and schema. Implementations are thread-safe. */
public interface SchemaRegistry extends SchemasById, AutoCloseable {

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

    /** Whether {@link #schema} answers this id at once, without asking the registry. */
    boolean isCached(int id);

    /** Why the registry does not know an id, if it said so a moment ago and that is still remembered; asks nothing. */
    default Optional<String> refusal(int id) {
        return Optional.empty();
    }

    /**
     * The schemas that are cached; every other id counts as one that the registry does not know. For reading records
     * whose ids have been resolved before: an outage in the meantime makes no difference to them.
     */
    default SchemasById cached() {
        return id -> {
            if (isCached(id)) {
                return schema(id);
            }
            throw new UnknownSchemaException(refusal(id)
                    .orElseGet(() -> "The schema registry did not know schema " + id + " when it was asked"));
        };
    }

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
